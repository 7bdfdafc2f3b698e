/** Every way the embedded database can refuse to start. The message is one sentence for people: what is wrong and what to do. */
export type EmbeddedTrouble =
  | "not-installed"
  | "unsupported-system"
  | "unwritable"
  | "unreachable"
  | "in-use"
  | "port-in-use"
  | "foreign-version"
  | "damaged"
  | "disk-full"
  | "failed";

export class EmbeddedError extends Error {
  readonly trouble: EmbeddedTrouble;

  constructor(trouble: EmbeddedTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "EmbeddedError";
    this.trouble = trouble;
  }
}

const filesystemTrouble: Record<string, EmbeddedTrouble> = {
  EROFS: "unwritable",
  EACCES: "unwritable",
  EPERM: "unwritable",
  ENOENT: "unwritable",
  ENOTDIR: "unwritable",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
};

/** A failed file operation on the database's folder, as a sentence. */
export function folderError(folder: string, error: unknown): EmbeddedError {
  if (error instanceof EmbeddedError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (filesystemTrouble[code] === "disk-full") return diskFull(folder, error);
  if (filesystemTrouble[code] === "unwritable")
    return new EmbeddedError(
      "unwritable",
      `The database cannot write to the folder ${folder} (${code}): make it writable, or set DATA_FOLDER to a folder that is.`,
      error,
    );
  return new EmbeddedError(
    "failed",
    `The database cannot use the folder ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    error,
  );
}

export function diskFull(folder: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError("disk-full", `The disk of the folder ${folder} is full: free some space and start again.`, cause);
}

/** What PostgreSQL's last words mean. `log` is its whole output since this start. */
export function explainLog(folder: string, port: number, log: string): EmbeddedError {
  const last = log.match(/(?:FATAL|PANIC): {2}(.*)/g)?.at(-1) ?? log.trim().split("\n").at(-1) ?? "";
  const words = last.replace(/^.*?(?:FATAL|PANIC): {2}/, "");
  if (/could not bind|could not create any TCP\/IP sockets/.test(log))
    return new EmbeddedError("port-in-use", `Port ${port} for the database is in use by another program: stop it or choose another port.`);
  if (/No space left on device/.test(log)) return diskFull(folder);
  if (/lock file ".*" already exists|pre-existing shared memory block/.test(log))
    return new EmbeddedError("in-use", `The database folder ${folder} is still in use by another PostgreSQL: stop it first.`);
  if (/incompatible with server|initialized by PostgreSQL version/.test(log)) return foreignVersion(folder, "another version", "this one");
  if (/Permission denied|Read-only file system|must be owned|invalid permissions/.test(log))
    return new EmbeddedError(
      "unwritable",
      `The database cannot write to the folder ${folder} (${words}): make it writable, or set DATA_FOLDER to a folder that is.`,
    );
  if (/invalid value for parameter|unrecognized configuration parameter|could not map anonymous shared memory|semaphores/.test(log))
    return new EmbeddedError("failed", `PostgreSQL refuses its settings: ${words}`);
  return damaged(folder, words);
}

export function damaged(folder: string, words: string): EmbeddedError {
  const detail = words === "" ? "" : ` (PostgreSQL says: ${words})`;
  return new EmbeddedError(
    "damaged",
    `The database folder ${folder} is damaged${detail}: restore it from a copy, or move it away to start with an empty database.`,
  );
}

export function foreignVersion(folder: string, found: string, ours: string): EmbeddedError {
  return new EmbeddedError(
    "foreign-version",
    `The database folder ${folder} belongs to PostgreSQL ${found}, and this Switchboard brings ${ours}: move the folder away to start with an empty database, or start it with the Switchboard that made it.`,
  );
}

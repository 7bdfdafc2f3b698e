/** A Dockerfile as far as ours goes: stages with COPY, RUN, ENV, WORKDIR, USER, EXPOSE, HEALTHCHECK and CMD. Anything else is refused. */

export interface Step {
  kind: "COPY" | "RUN";
  /** COPY: the stage it comes from, or undefined for the repository. */
  from?: string;
  sources: string[];
  target: string;
  command: string;
}

export interface Stage {
  name: string;
  base: string;
  steps: Step[];
  env: Record<string, string>;
  user: string | undefined;
  cmd: string[];
}

const ignored = new Set(["WORKDIR", "EXPOSE", "HEALTHCHECK"]);

export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  const lines = text
    .replaceAll(/^\s*#.*$/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  for (const line of lines) {
    const [word = "", ...rest] = line.split(/\s+/);
    if (word === "FROM") {
      stages.push({ name: rest[2] ?? "final", base: rest[0] ?? "", steps: [], env: {}, user: undefined, cmd: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`Before any FROM: ${line}`);
    const argument = line.slice(word.length).trim();
    if (word === "COPY") {
      const from = rest[0]?.startsWith("--from=") ? rest.shift()?.slice("--from=".length) : undefined;
      stage.steps.push({ kind: "COPY", sources: rest.slice(0, -1), target: rest.at(-1) ?? "", command: "", ...(from ? { from } : {}) });
    } else if (word === "RUN") stage.steps.push({ kind: "RUN", sources: [], target: "", command: argument });
    else if (word === "ENV") {
      const at = argument.indexOf("=");
      stage.env[argument.slice(0, at)] = argument.slice(at + 1);
    } else if (word === "USER") stage.user = argument;
    else if (word === "CMD") stage.cmd = JSON.parse(argument) as string[];
    else if (!ignored.has(word)) throw new Error(`The check does not know ${word}.`);
  }
  return stages;
}

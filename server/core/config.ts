/** Every environment variable, parsed once. Nothing else in the server reads `process.env`. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);

/** The table of settings: `docs/configuration.md` and `.env.example` are generated from it. A secret may come from a file: `NAME_FILE`. */
export const settings = {
  PORT: { schema: z.coerce.number().int().min(0).max(65535).default(4000), help: "Port of the web process." },
  HOST: { schema: z.string().default("0.0.0.0"), help: "Address the web process listens on." },
  CONSOLE_PORT: {
    schema: z.coerce.number().int().min(0).max(65535).default(4100),
    help: "Port of the console's browser host under `npm start`.",
  },
  PUBLIC_URL: {
    schema: z.url().optional(),
    help: "The address people use, without a trailing slash; links in mails start with it. Default: http://localhost:PORT.",
  },
  DATABASE_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Connection of role switchboard_app (no superuser, no BYPASSRLS). Without it `npm start` runs an embedded PostgreSQL.",
  },
  DATABASE_OWNER_URL: { secret: true, schema: z.string().optional(), help: "Connection of role switchboard_owner: migrations only." },
  DATABASE_ADMIN_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Connection of a superuser: only for `npm run prepare-database`, which makes the database and its roles.",
  },
  DATABASE_SYSTEM_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Connection of role switchboard_system (BYPASSRLS): sign-in look-up, live tail, sweeps.",
  },
  DATABASE_REPLICA_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Optional read replica, role switchboard_app, for what may be some moments old: reports, exports and the check of the audit trail.",
  },
  DATABASE_POOL: { schema: z.coerce.number().int().min(1).max(200).default(10), help: "Connections of the app pool in each process." },
  STATEMENT_TIMEOUT_MS: {
    schema: z.coerce.number().int().min(100).default(2000),
    help: "Longest a single statement of the web process may run.",
  },
  DATA_FOLDER: { schema: z.string().default(".data"), help: "Folder of the embedded database and of files, used by `npm start`." },
  REDIS_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Optional Redis: shared rate limits, wake-ups and presence between several processes.",
  },
  TOKEN_SECRET: {
    secret: true,
    schema: z.string().min(32).optional(),
    help: "Signs access tokens; at least 32 characters. Required by `npm run server`.",
  },
  ENCRYPTION_KEY: {
    secret: true,
    schema: z.string().min(32).optional(),
    help: "Encrypts secrets at rest; at least 32 characters. Required by `npm run server`.",
  },
  SMTP_URL: {
    secret: true,
    schema: z.string().optional(),
    help: "Mail server, for example smtps://name:password@mail.example.com:465. Under `npm start` a built-in mailbox is used.",
  },
  MAIL_FROM: { schema: z.string().default("Switchboard <no-reply@localhost>"), help: "Sender of system mail." },
  TRUSTED_PROXIES: {
    schema: z.coerce.number().int().min(0).max(5).default(0),
    help: "How many proxies in front set X-Forwarded-*; 0 trusts none.",
  },
  SIGNUP: { schema: z.enum(["open", "closed"]).default("open"), help: "Whether strangers may create tenants at /signup." },
  LOG_LEVEL: { schema: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"), help: "Lowest level written to the log." },
  LOG_PRETTY: { schema: flag.default(false), help: "Readable log lines instead of JSON." },
  METRICS_TOKEN: {
    secret: true,
    schema: z.string().optional(),
    help: "When set, /metrics asks for it as a bearer token; otherwise only loopback may read it.",
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z.string().optional(),
    help: "Send traces there when the OpenTelemetry SDK is installed beside the server.",
  },
  ADMIN_ORIGINS: {
    schema: list.default([]),
    help: "Comma-separated origins that may use the console API from a browser besides the server's own.",
  },
} as const satisfies Record<string, { schema: z.ZodType; help: string; secret?: true }>;

type Settings = { -readonly [K in keyof typeof settings]: z.output<(typeof settings)[K]["schema"]> };

export interface Config extends Settings {
  PUBLIC_URL: string;
  TOKEN_SECRET: string;
  ENCRYPTION_KEY: string;
  /** `npm start`: demo data, mailbox page, generated secrets. Never true under `npm run server`. */
  demo: boolean;
}

export class ConfigError extends Error {}

export function readConfig(env: Record<string, string | undefined>, options: { demo: boolean }): Config {
  const parsed: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const { schema } = setting;
    let raw = env[name];
    const file = "secret" in setting ? env[`${name}_FILE`] : undefined;
    if (file) {
      try {
        raw = readFileSync(file, "utf8").trim();
      } catch {
        wrong.push(`${name}_FILE: ${file} cannot be read`);
        continue;
      }
    }
    const result = schema.safeParse(raw === "" ? undefined : raw);
    if (result.success) parsed[name] = result.data;
    else wrong.push(`${name}: ${result.error.issues.map((issue) => issue.message).join(", ")}`);
  }
  const values = parsed as Settings; // every key was parsed by its own schema just above
  if (!options.demo) {
    for (const name of ["DATABASE_URL", "DATABASE_SYSTEM_URL", "TOKEN_SECRET", "ENCRYPTION_KEY", "PUBLIC_URL"] as const) {
      if (values[name] === undefined && !wrong.some((line) => line.startsWith(name))) wrong.push(`${name}: must be set`);
    }
  }
  if (wrong.length > 0)
    throw new ConfigError(`The configuration is not usable:\n  ${wrong.join("\n  ")}\nAll settings are listed in docs/configuration.md.`);
  return {
    ...values,
    PUBLIC_URL: (values.PUBLIC_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, ""),
    TOKEN_SECRET: values.TOKEN_SECRET ?? randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: values.ENCRYPTION_KEY ?? randomBytes(32).toString("hex"),
    demo: options.demo,
  };
}

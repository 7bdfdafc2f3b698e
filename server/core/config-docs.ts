/** The settings as people read them, made from the table that the server parses by. */
import { settings } from "./config.ts";

const required = new Set(["DATABASE_URL", "DATABASE_SYSTEM_URL", "TOKEN_SECRET", "ENCRYPTION_KEY", "PUBLIC_URL"]);

function defaultOf(name: keyof typeof settings): string | undefined {
  const result = settings[name].schema.safeParse(undefined);
  return result.success && result.data !== undefined && !(Array.isArray(result.data) && result.data.length === 0)
    ? String(result.data)
    : undefined;
}

const names = Object.keys(settings) as (keyof typeof settings)[]; // the table's own keys

export function configurationPage(): string {
  const rows = names.map((name) => {
    const standard = defaultOf(name);
    const note = required.has(name) ? "required by `npm run server`" : standard === undefined ? "" : `\`${standard}\``;
    const mark = "secret" in settings[name] ? " *" : "";
    return `| \`${name}\`${mark} | ${note} | ${settings[name].help.replaceAll("|", "\\|")} |`;
  });
  return `# Configuration

Everything is set by environment variables, read once at the start; a wrong value is named and the server does not start. Under \`npm start\`
nothing needs to be set. A secret (marked *) may also come from a file, as container engines hand them over: \`TOKEN_SECRET_FILE=/run/secrets/token\`. This page and \`.env.example\` are generated from \`server/core/config.ts\` by \`node server/write-docs.ts\`.

| variable | default | meaning |
|---|---|---|
${rows.join("\n")}
`;
}

export function envExample(): string {
  const lines = names.map((name) => `# ${settings[name].help}\n${required.has(name) ? "" : "# "}${name}=${defaultOf(name) ?? ""}`);
  return `# All settings of Switchboard. Generated from server/core/config.ts by \`node server/write-docs.ts\`.\n\n${lines.join("\n\n")}\n`;
}

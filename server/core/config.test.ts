import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configurationPage, envExample } from "./config-docs.ts";
import { ConfigError, readConfig } from "./config.ts";

const complete = {
  DATABASE_URL: "postgresql://switchboard_app@localhost/switchboard",
  DATABASE_SYSTEM_URL: "postgresql://switchboard_system@localhost/switchboard",
  TOKEN_SECRET: "x".repeat(32),
  ENCRYPTION_KEY: "y".repeat(32),
  PUBLIC_URL: "https://chat.example/",
};

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("configuration", () => {
  it("is read once, with defaults", () => {
    const config = readConfig(complete, { demo: false });
    expect(config).toMatchObject({ PORT: 4000, PUBLIC_URL: "https://chat.example", LOG_PRETTY: false });
  });

  it("names every wrong and missing value at once", () => {
    const read = () => readConfig({ ...complete, PORT: "many", TOKEN_SECRET: "short", PUBLIC_URL: "" }, { demo: false });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT[\s\S]*TOKEN_SECRET[\s\S]*PUBLIC_URL: must be set/);
  });

  it("makes up secrets for a demo, never for a server", () => {
    expect(readConfig({}, { demo: true }).TOKEN_SECRET).toHaveLength(64);
    expect(() => readConfig({}, { demo: false })).toThrow(/TOKEN_SECRET: must be set/);
  });

  it("takes a secret from a file, and nothing else", () => {
    const folder = mkdtempSync(join(tmpdir(), "switchboard-config-"));
    const file = join(folder, "token");
    writeFileSync(file, `${"z".repeat(40)}\n`);
    const { TOKEN_SECRET: _, ...rest } = complete;
    expect(readConfig({ ...rest, TOKEN_SECRET_FILE: file }, { demo: false }).TOKEN_SECRET).toBe("z".repeat(40));
    expect(readConfig({ ...complete, HOST_FILE: file }, { demo: false }).HOST).toBe("0.0.0.0");
    rmSync(folder, { recursive: true });
    expect(() => readConfig({ ...rest, TOKEN_SECRET_FILE: file }, { demo: false })).toThrow(/TOKEN_SECRET_FILE: .*cannot be read/);
  });

  it("is documented as it is", () => {
    expect(text("docs/configuration.md")).toBe(configurationPage());
    expect(text(".env.example")).toBe(envExample());
  });
});

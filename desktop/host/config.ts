/** What the browser host is told by its environment and its command line. Nothing else reads either. */
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";

export class HostConfigError extends Error {}

export interface HostConfig {
  port: number;
  dataFolder: string;
  serverUrl: string;
  rendererFolder: string;
  /** Only the core, spoken to over the channel of the process that started it. */
  headless: boolean;
}

const environment = z.object({
  CONSOLE_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  CONSOLE_DATA: z.string().min(1).optional(),
  SWITCHBOARD_SERVER: z.url({ protocol: /^https?$/u }).default("http://localhost:4000"),
  XDG_DATA_HOME: z.string().optional(),
  LOCALAPPDATA: z.string().optional(),
});

function usualFolder(
  platform: NodeJS.Platform,
  { XDG_DATA_HOME, LOCALAPPDATA }: { XDG_DATA_HOME?: string | undefined; LOCALAPPDATA?: string | undefined },
): string {
  if (platform === "win32") return join(LOCALAPPDATA ?? homedir(), "Switchboard");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "Switchboard");
  return join(XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "switchboard");
}

export function readHostConfig(env: NodeJS.ProcessEnv, argv: readonly string[], platform: NodeJS.Platform): HostConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new HostConfigError(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  }
  const { values } = parseArgs({
    args: [...argv],
    options: {
      headless: { type: "boolean", default: false },
      port: { type: "string" },
      data: { type: "string" },
      server: { type: "string" },
    },
  });
  const { CONSOLE_PORT, CONSOLE_DATA, SWITCHBOARD_SERVER } = parsed.data;
  return {
    port: values.port === undefined ? CONSOLE_PORT : Number(values.port),
    dataFolder: resolve(values.data ?? CONSOLE_DATA ?? usualFolder(platform, parsed.data)),
    serverUrl: values.server ?? SWITCHBOARD_SERVER,
    rendererFolder: fileURLToPath(new URL("../dist/renderer", import.meta.url)),
    headless: values.headless,
  };
}

/** Logs: JSON lines with request, tenant and actor ids, and never a token, a message body, an address or a number of a person. */
import { AsyncLocalStorage } from "node:async_hooks";
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from "pino";
import type { Config } from "../config.ts";

export interface LogContext {
  requestId?: string;
  tenantId?: string;
  actor?: string;
}

export const logContext = new AsyncLocalStorage<LogContext>();

const secretNames = [
  "password",
  "token",
  "refreshToken",
  "accessToken",
  "authorization",
  "cookie",
  "secret",
  "email",
  "phone",
  "body",
  "html",
  "text",
  "subject",
];

export function createLog(config: Pick<Config, "LOG_LEVEL" | "LOG_PRETTY">, destination?: DestinationStream): Logger {
  const options = {
    level: config.LOG_LEVEL,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
    mixin: () => ({ ...logContext.getStore() }),
  };
  if (destination) return pino(options, destination);
  if (config.LOG_PRETTY)
    return pino({ ...options, transport: { target: "pino-pretty", options: { ignore: "requestId", translateTime: "HH:MM:ss" } } });
  return pino(options);
}

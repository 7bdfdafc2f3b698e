/** A web process of its own, as in production, told by its parent where the database is. Run with `--expose-gc`. */
import { systemClock } from "@switchboard/server/core/clock.ts";
import { readConfig } from "@switchboard/server/core/config.ts";
import { createLog } from "@switchboard/server/core/telemetry/log.ts";
import { features } from "@switchboard/server/features.ts";
import { serve } from "@switchboard/server/serve.ts";
import { tokenSecret } from "../seed/names.ts";
import { tellVitals } from "./vitals.ts";

const [app = "", system = "", port = "0"] = process.argv.slice(2);
const settings = {
  PORT: port,
  HOST: "127.0.0.1",
  PUBLIC_URL: "http://localhost:4000",
  DATABASE_URL: app,
  DATABASE_SYSTEM_URL: system,
  TOKEN_SECRET: tokenSecret,
  ENCRYPTION_KEY: "a key that only benchmarks use, also long enough",
  LOG_LEVEL: "error",
};
const config = { ...readConfig(settings, { demo: false }), DATABASE_URL: app, DATABASE_SYSTEM_URL: system };
const running = await serve({ config, features, roles: ["web"], clock: systemClock, log: createLog(config), limitsFactor: 1_000_000 });
tellVitals({ url: running.url }, () => running.stop());

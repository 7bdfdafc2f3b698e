/** A web process of its own with one tenant and its admin, told by its parent where the database is. */
import { makeTenant } from "@switchboard/server/accounts/make.ts";
import { systemClock } from "@switchboard/server/core/clock.ts";
import { readConfig } from "@switchboard/server/core/config.ts";
import { createLog } from "@switchboard/server/core/telemetry/log.ts";
import { features } from "@switchboard/server/features.ts";
import { serve } from "@switchboard/server/serve.ts";

const [app = "", system = ""] = process.argv.slice(2);
const settings = {
  PORT: "0",
  HOST: "127.0.0.1",
  PUBLIC_URL: "http://localhost:4000",
  DATABASE_URL: app,
  DATABASE_SYSTEM_URL: system,
  TOKEN_SECRET: "a secret that only benchmarks use, long enough",
  ENCRYPTION_KEY: "a key that only benchmarks use, also long enough",
  LOG_LEVEL: "error",
};
const config = { ...readConfig(settings, { demo: false }), DATABASE_URL: app, DATABASE_SYSTEM_URL: system };
const running = await serve({ config, features, roles: ["web"], clock: systemClock, log: createLog(config), limitsFactor: 1_000_000 });
const tenant = await makeTenant(running.core, { name: "House of benchmarks" });
process.send?.({ url: running.url, tenantId: tenant.id, email: tenant.admin.email, memberId: tenant.admin.memberId });
process.on("message", () => void running.stop().then(() => process.exit(0)));

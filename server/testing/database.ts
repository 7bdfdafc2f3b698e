/** A database of one's own: a clone of the migrated template, dropped afterwards. */
import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { roles, withDatabase, type RoleUrls } from "../core/database/bootstrap.ts";
import { templateName } from "./global.ts";
import { asSuperuser } from "./superuser.ts";

export interface TestDatabase extends RoleUrls {
  superuser: string;
  drop(): Promise<void>;
}

export async function createDatabase(): Promise<TestDatabase> {
  const { superuserUrl, password } = inject("database");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const command = (text: string) => asSuperuser(superuserUrl, async (client) => void (await client.query(text)));
  await command(`create database ${name} template ${templateName} strategy file_copy owner ${roles.owner}`);
  const url = (role: string) => {
    const made = new URL(withDatabase(superuserUrl, name));
    made.username = role;
    made.password = password;
    return made.toString();
  };
  return {
    owner: url(roles.owner),
    app: url(roles.app),
    system: url(roles.system),
    superuser: withDatabase(superuserUrl, name),
    drop: () => command(`drop database ${name} with (force)`),
  };
}

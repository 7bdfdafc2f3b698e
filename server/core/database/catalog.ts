/**
 * Does the live database guarantee what the registrations promise? (SECURITY T-01, T-02, T-07…T-10.) Runs whenever a server
 * starts, so that a policy that somebody dropped by hand keeps it from serving; and, exactly, in the tests.
 *
 * At the start only what isolation hangs on is asked, because during a rolling upgrade an older server may meet a newer schema:
 * tables it does not know must then be closed or guarded, and everything it does know must be whole.
 */
import type { Registry } from "../feature.ts";
import { readCatalog, type Queryable } from "./catalog-facts.ts";
import { expectedOf } from "./catalog-expected.ts";
import { exactRules, isolationRules } from "./catalog-rules.ts";
import { UnsafeDatabase } from "./orm.ts";

/** One line a complaint; empty when the database is what the registry says. */
export async function checkCatalog(
  database: Queryable,
  registry: Pick<Registry, "tables" | "features">,
  mode: "exact" | "start" = "exact",
): Promise<string[]> {
  const facts = await readCatalog(database);
  const expected = expectedOf(registry);
  const rules = mode === "exact" ? [...isolationRules, ...exactRules] : isolationRules;
  return rules.flatMap((rule) => rule(facts, expected));
}

export async function assertCatalog(database: Queryable, registry: Pick<Registry, "tables" | "features">): Promise<void> {
  const complaints = await checkCatalog(database, registry, "start");
  if (complaints.length === 0) return;
  throw new UnsafeDatabase(
    `The server does not start: the database does not keep tenants apart as it should. Run \`npm run migrate\` with this version.\n  ${complaints.join("\n  ")}`,
  );
}

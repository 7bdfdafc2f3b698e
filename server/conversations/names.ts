/** The names of the team as visitors see them, remembered until somebody changes theirs. */
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { Member } from "../team/index.ts";
import type { Names } from "./present-visitor.ts";

export function namesOf(core: Core, tenantId: string): Promise<Names> {
  return core.cache.get(tenantId, "team-names", ["member"], () =>
    core.work(
      service(tenantId, "names of the team"),
      async ({ em }) => new Map((await em.find(Member, { tenantId })).map(({ id, name }) => [id, name])),
      { readOnly: true },
    ),
  );
}

/**
 * What a window asks first is answered once while there is none: shapes are compiled, statements planned and rows read, which would take
 * the first window longer than all of its answers.
 */
import type { QueryInput, QueryName } from "../../bridge/index.ts";
import { request } from "../../bridge/frames.ts";
import type { Desk } from "../desk.ts";
import { answer } from "./serve-port.ts";

const tenants = "all";
const ask = <N extends QueryName>(name: N, input: QueryInput<N>) => ({ name, input });
const first = [
  ask("session.state", {}),
  ask("sync.state", {}),
  ask("shell.facts", {}),
  ask("alarms.state", {}),
  ask("inbox.counts", { tenants }),
  ask("work.counts", { tenants }),
  ask("inbox.list", { tenants, queue: "mine", filter: {}, sort: "waiting" }),
  ask("inbox.list", { tenants, queue: "queue", limit: 3 }),
  ask("personal.get", { key: "shortcuts" }),
];

export function practise(desk: Desk): void {
  const people = desk.over(tenants).map(({ tenantId }) => ask("people.list", { tenantId }));
  for (const [id, question] of [...first, ...people].entries()) {
    request.parse({ t: "subscribe", id, ...question });
    try {
      answer(desk, question, () => undefined);
    } catch {
      // A page that asks is told why; here nobody does.
    }
  }
}

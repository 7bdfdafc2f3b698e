/** The load generator of `hundred`, a process of its own: every call in turn, each in another place. Any answer but a success is wrong. */
import { answerParent } from "../harness/children.ts";
import { createCaller, type HttpAnswer } from "../harness/http.ts";
import { percentile } from "../harness/judge.ts";
import { load } from "../harness/load.ts";
import { adminTokens, visitorToken } from "../seed/names.ts";
import { firstThings, hello, place, readings, writings, type Asked, type Place } from "./calls.ts";

export interface Setting {
  url: string;
  tenants: number;
  conversations: number;
}

export interface Day {
  perSecond: number;
  p95Ms: number;
  /** The slowest call by its p95, of calls that were made often enough to say. */
  worst: { name: string; p95Ms: number };
}

const { url, tenants, conversations } = JSON.parse(process.argv[2] ?? "{}") as Setting;
const callers = 12;
const { call, close } = createCaller(url, callers);
const tokenOf = await adminTokens(tenants);
const devices: { id: string; epoch: string; cursor: number }[] = [];
const times = new Map<string, number[]>();

async function ask(asked: Asked, at: Place): Promise<HttpAnswer> {
  const tokens = { member: tokenOf[at.tenant], visitor: visitorToken(at.conversation, tenants), public: undefined };
  const started = performance.now();
  const answer = await call(asked.method, asked.path(at), tokens[asked.as], asked.body?.(at));
  const took = performance.now() - started;
  if (answer.status < 200 || answer.status > 299) throw new Error(`${asked.name} answered ${answer.status} ${answer.text.slice(0, 300)}`);
  const list = times.get(asked.name) ?? [];
  list.push(took);
  times.set(asked.name, list);
  if (asked.name === "sync.pull") follow(at.tenant, answer.text);
  return answer;
}

/** Two pulls of one device may answer in any order. */
function follow(tenant: number, text: string): void {
  const device = devices[tenant];
  const { cursor } = JSON.parse(text) as { cursor: number };
  if (device) device.cursor = Math.max(device.cursor, cursor);
}

const here = (conversation: number) => {
  const tenant = ((conversation - 1) % tenants) + 1;
  return place(conversation, tenants, devices[tenant] ?? { id: "", epoch: "", cursor: 0 });
};

for (let tenant = 1; tenant <= tenants; tenant += 1) {
  const said = JSON.parse((await ask(hello, here(tenant))).text) as { device: string; epoch: string; seq: number };
  devices[tenant] = { id: said.device, epoch: said.epoch, cursor: said.seq };
  for (const first of firstThings) await ask(first, here(tenant));
}

/** People write and read conversations far more often than they look at anything else. */
const often = new Set(["conversations.list", "conversations.messages", "conversations.counts", "visit.state", "visit.messages"]);
const day: readonly Asked[] = [
  ...readings,
  ...writings,
  ...readings.filter(({ name }) => often.has(name)).flatMap((asked) => [asked, asked, asked]),
  ...writings.filter(({ name }) => name.endsWith(".send")).flatMap((asked) => [asked, asked, asked]),
];
for (const asked of day) await ask(asked, here(1));

let turn = 0;
answerParent(
  { calls: new Set(day.map(({ name }) => name)).size },
  async ({ seconds }: { seconds: number }): Promise<Day> => {
    times.clear();
    const answered = await load({
      callers,
      seconds,
      async call() {
        const asked = day[(turn += 1) % day.length];
        if (asked) await ask(asked, here(1 + Math.floor(Math.random() * conversations)));
      },
    });
    const all = [...times.values()].flat();
    const slowest = [...times]
      .filter(([, list]) => list.length >= 10)
      .map(([name, list]) => ({ name, p95Ms: percentile(list, 0.95) }))
      .toSorted((a, b) => b.p95Ms - a.p95Ms);
    return { perSecond: answered.perSecond, p95Ms: percentile(all, 0.95), worst: slowest[0] ?? { name: "", p95Ms: Number.NaN } };
  },
  close,
);

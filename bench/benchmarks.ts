/** All benchmarks, in the order in which they run. */
import { bootstrap } from "./desk/bootstrap.ts";
import { catchup } from "./desk/catchup.ts";
import { open } from "./desk/open.ts";
import { search } from "./desk/search.ts";
import type { Benchmark } from "./harness/benchmark.ts";
import { hundred } from "./hundred/hundred.ts";
import { rls } from "./rls/rls.ts";
import { delivery, loop } from "./sockets/delivery.ts";
import { memory } from "./sockets/memory.ts";
import { presence } from "./sockets/presence.ts";
import { send } from "./sockets/send.ts";
import { storm } from "./sockets/storm.ts";
import { tenants } from "./tenants/tenants.ts";
import { widgetCost } from "./widget/cost.ts";
import { widgetSize } from "./widget/size.ts";
import { input } from "./window/input.ts";
import { start } from "./window/start.ts";

export const benchmarks: readonly Benchmark[] = [
  send,
  delivery,
  loop,
  memory,
  storm,
  presence,
  widgetSize,
  widgetCost,
  rls,
  tenants,
  hundred,
  bootstrap,
  catchup,
  open,
  search,
  start,
  input,
];

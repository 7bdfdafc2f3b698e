/** A core over the simulated server: signed in, received, on a clock that the test moves. */
import type { Ports } from "../ports.ts";
import { createConsole, type TestConsole } from "./console.ts";
import { createFolder, type TestFolder } from "./folder.ts";
import { createSimulated, emailOf, type Simulated } from "./simulated.ts";

export interface SimulatedConsole extends TestConsole {
  sim: Simulated;
  tenantId: string;
  memberId: string;
  /** Lets everything that is due in so long happen. */
  pass(ms?: number): Promise<void>;
}

export const portsOf = (sim: Simulated): Partial<Ports> => ({
  clock: sim.clock,
  fetch: sim.fetch,
  openSocket: sim.openSocket,
  random: sim.random,
  newId: sim.newId,
});

export async function openSimulated(
  options: { sim?: Simulated; member?: 0 | 1 | 2; changes?: Partial<Ports>; folder?: TestFolder } = {},
): Promise<SimulatedConsole> {
  const { sim = createSimulated(), member = 0, changes = {}, folder = createFolder() } = options;
  const made = await createConsole("http://shop.example", { ...portsOf(sim), ...changes }, folder);
  const memberId = sim.members[member];
  const pass = (ms = 200) => sim.clock.advance(ms);
  const waited = async (call: Promise<unknown>) => {
    let over = false;
    const done = call.finally(() => {
      over = true;
    });
    for (let turn = 0; turn < 50 && !over; turn += 1) await pass(20);
    await done;
  };
  if (made.core.desk.session.state() === "signed-out") {
    await waited(made.page.do("session.signIn", { email: emailOf(memberId), password: "x" }));
    await waited(made.page.do("session.openTenant", { tenantId: sim.tenantId }));
  }
  await pass(1_000);
  return { ...made, sim, tenantId: sim.tenantId, memberId, pass };
}

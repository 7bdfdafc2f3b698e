/** Who said that they are there for conversations. The server knows; this computer asks when it connects and hears of each change. */
import { routingApi, type AvailabilityShape } from "@switchboard/shared/api/routing.ts";
import type { CommandParsed } from "../../bridge/index.ts";
import type { Person } from "../../bridge/shapes.ts";
import type { Ask } from "../sync/calls.ts";
import type { Ephemera } from "./ephemera.ts";
import type { Tenant } from "./tenant.ts";

const tell = (ephemera: Ephemera, { memberId: member, duty, doNotDisturb, until }: AvailabilityShape) =>
  ephemera.hear({ event: "availability", payload: { member, duty, doNotDisturb, until } });

/** What was heard meanwhile is newer than this answer. */
export async function fetchAvailability(ask: Ask, ephemera: Ephemera): Promise<void> {
  const { items } = await ask(routingApi.availabilities, {});
  for (const one of items) if (ephemera.standby(one.memberId) === undefined) tell(ephemera, one);
}

export async function setAvailability(
  { ask, ephemera }: Tenant,
  { availability, until }: CommandParsed<"session.setAvailability">,
): Promise<void> {
  const quiet = availability === "do_not_disturb";
  const body = { duty: quiet ? ("available" as const) : availability, doNotDisturb: quiet, until: quiet ? until : null };
  tell(ephemera, await ask(routingApi.setAvailability, { body }));
}

/** Said to be there, and connected: only both together are green. */
export function presenceOf({ ephemera, memberId, link, now }: Tenant, id: string): Person["presence"] {
  const online = id === memberId ? (link.connected() ? true : undefined) : ephemera.memberOnline(id);
  if (online === undefined) return "unknown";
  const standby = ephemera.standby(id);
  if (!online || standby?.duty === "off") return "offline";
  if (standby?.duty === "away") return "away";
  const quiet = standby?.doNotDisturb === true && (standby.until === null || standby.until > now());
  return quiet ? "busy" : "online";
}

/**
 * What follows a person to all their computers: each is kept with their preferences in every tenant that is open here, so that it is
 * changed without a network and travels like any other work. A computer may have other tenants than the one before it, so each value
 * says when it was chosen, and of all that are here the newest counts.
 */
import { z } from "zod";
import type { PersonalKey } from "../bridge/session.ts";
import { isoOf } from "./clock.ts";
import { Refusal } from "./refusal.ts";
import type { Tenant } from "./tenant/tenant.ts";

type Value = z.output<typeof kept>["value"];
const kept = z.object({ value: z.json(), at: z.iso.datetime() });
const preferenceOf = (key: PersonalKey) => `person.${key}`;

export interface Personal {
  /** Null: never chosen, or chosen to be as usual. */
  get(key: PersonalKey): Value;
  set(key: PersonalKey, value: Value): void;
}

export function createPersonal(tenants: () => readonly Tenant[]): Personal {
  const readable = () => tenants().filter((tenant) => !tenant.isLocked());

  function newest(key: PersonalKey): { value: Value; at: number } {
    const all = readable().flatMap(({ store, memberId }) => {
      // Whatever a device wrote; what cannot be read was not chosen.
      const { data } = kept.safeParse(store.cache.get("preference", memberId)?.values[preferenceOf(key)]);
      return data ? [{ value: data.value, at: Date.parse(data.at) }] : [];
    });
    return all.reduce((best, one) => (one.at > best.at ? one : best), { value: null, at: 0 });
  }

  return {
    get: (key) => newest(key).value,
    set(key, value) {
      const here = readable();
      const [first] = here;
      if (!first) throw new Refusal("not_available", "It is kept with a tenant, and none is open.");
      // Later than all that is here, whatever the clock of the computer says on which that was chosen.
      const at = isoOf(Math.max(first.now(), newest(key).at + 1));
      for (const tenant of here) tenant.mutate("setPreference", { key: preferenceOf(key), value: { value, at } });
    },
  };
}

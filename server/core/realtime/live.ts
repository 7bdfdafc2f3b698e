/**
 * The only door to emits. What is true goes out in every process by its own tail (`toMembers`, `toVisitors`: sockets of this process);
 * what is only of this moment (typing, who looks) goes to all processes, volatile, and is lost without harm.
 */
import type { DeskHears, VisitHears } from "../../../shared/api/sockets.ts";
import type { Permission } from "../../../shared/model/permissions.ts";
import type { Room } from "./define.ts";

/** Members of a tenant who may see it: all of these must fit. */
export interface MembersWho {
  tenantId: string;
  scope?: string | undefined;
  permission?: Permission | undefined;
  memberId?: string | undefined;
  exceptSocket?: string | undefined;
}

export interface Live {
  toMembers<E extends keyof DeskHears>(who: MembersWho, event: E, payload: DeskHears[E]): void;
  toVisitors<E extends keyof VisitHears>(room: Room, event: E, payload: VisitHears[E], exceptSocket?: string): void;
  /** Of this moment, in all processes, dropped for whoever does not read fast enough. */
  moment: {
    toMembers<E extends keyof DeskHears>(who: MembersWho, event: E, payload: DeskHears[E]): void;
    toVisitors<E extends keyof VisitHears>(room: Room, event: E, payload: VisitHears[E], exceptSocket?: string): void;
  };
  /** To every visitor of a tenant. */
  toAllVisitors<E extends keyof VisitHears>(tenantId: string, event: E, payload: VisitHears[E]): void;
  /**
   * Is a visitor of this tenant, or of this room, connected to this process? Whoever does not tell because nobody is there must ask here:
   * a socket that is just being let in is then told to look again.
   */
  hasVisitors(tenantId: string, room?: Room): boolean;
}

/** A process without sockets. */
export const nobody: Live = {
  toMembers: () => undefined,
  toVisitors: () => undefined,
  moment: { toMembers: () => undefined, toVisitors: () => undefined },
  toAllVisitors: () => undefined,
  hasVisitors: () => false,
};

/** Covers SECURITY Z-05. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allPermissions, permissionsOfRole, type Permission } from "../../shared/model/permissions.ts";
import { invitationState, permissionsOf, refuseRemoval, refuseRoleChange, refuseRoleEdit, type Person } from "./rules.ts";

/** A tenant as the rules see it, changed by whoever wants to, however they want to. */
class Model {
  roles = new Map<string, Permission[]>();
  members = new Map<string, string>([["founder", "admin"]]);
  /** Everything that anybody could do when the tenant was founded, or was given by somebody who could. */
  person(id: string): Person {
    const role = this.members.get(id) ?? "gone";
    return { memberId: id, role, permissions: permissionsOf(role, this.roles) };
  }
  admins(): number {
    return [...this.members.values()].filter((role) => role === "admin").length;
  }
}

const permissionSet = fc.subarray(allPermissions);
const anybody = fc.constantFrom("founder", "b", "c", "d");
const anyRole = fc.constantFrom("admin", "operator", "r1", "r2");

const step = fc.oneof(
  fc.record({ kind: fc.constant("invite" as const), actor: anybody, target: anybody, role: anyRole }),
  fc.record({ kind: fc.constant("change" as const), actor: anybody, target: anybody, role: anyRole }),
  fc.record({ kind: fc.constant("remove" as const), actor: anybody, target: anybody }),
  fc.record({ kind: fc.constant("role" as const), actor: anybody, role: fc.constantFrom("r1", "r2"), permissions: permissionSet }),
);

/** A team in the middle of its life: most roles may manage it and lack something else, which is where the rules are needed. */
const start = fc.record({
  r1: permissionSet.map((held): Permission[] => [...new Set<Permission>([...held, "team.manage"])]),
  r2: permissionSet,
  b: fc.constantFrom("r1", "operator", null),
  c: fc.constantFrom("r1", "r2", "admin", null),
  d: fc.constantFrom("r2", null),
});

function begun({ r1, r2, ...people }: typeof start extends fc.Arbitrary<infer S> ? S : never): Model {
  const model = new Model();
  model.roles.set("r1", r1).set("r2", r2);
  for (const [id, role] of Object.entries(people)) if (role !== null) model.members.set(id, role);
  return model;
}

function apply(model: Model, action: typeof step extends fc.Arbitrary<infer S> ? S : never): void {
  const actor = model.person(action.actor);
  if (!model.members.has(action.actor)) return;
  if (action.kind === "role") {
    const before = permissionsOf(action.role, model.roles);
    if (refuseRoleEdit(actor.permissions, before, new Set(action.permissions)) === null)
      model.roles.set(action.role, [...action.permissions]);
    return;
  }
  if (action.kind === "invite") {
    if (model.members.has(action.target)) return;
    const wanted = permissionsOf(action.role, model.roles);
    if (refuseRoleEdit(actor.permissions, new Set(), wanted) === null) model.members.set(action.target, action.role);
    return;
  }
  if (!model.members.has(action.target)) return;
  const target = model.person(action.target);
  if (action.kind === "remove") {
    if (refuseRemoval({ actor, target, admins: model.admins() }) === null) model.members.delete(action.target);
    return;
  }
  const to = { role: action.role, permissions: permissionsOf(action.role, model.roles) };
  if (refuseRoleChange({ actor, target, to, admins: model.admins() }) === null) model.members.set(action.target, action.role);
}

describe("whatever a team does to itself", () => {
  it("it always has an admin", () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 60 }), (first, steps) => {
        const model = begun(first);
        for (const action of steps) {
          apply(model, action);
          expect(model.admins()).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("nobody holds more after an own step than before", () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 20 }), step, (first, steps, last) => {
        const model = begun(first);
        for (const action of steps) apply(model, action);
        const before = model.person(last.actor).permissions;
        apply(model, last);
        for (const permission of model.person(last.actor).permissions) expect(before.has(permission)).toBe(true);
      }),
    );
  });

  it("nobody gives somebody else, or a role, what they do not hold", () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 20 }), step, (first, steps, last) => {
        const model = begun(first);
        for (const action of steps) apply(model, action);
        const actor = model.person(last.actor).permissions;
        const before = new Map([...model.members.keys()].map((id) => [id, model.person(id).permissions]));
        apply(model, last);
        for (const id of model.members.keys()) {
          for (const permission of model.person(id).permissions)
            expect(before.get(id)?.has(permission) === true || actor.has(permission)).toBe(true);
        }
      }),
    );
  });

  it("nobody who holds more is changed by somebody who holds less", () => {
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 20 }), step, (first, steps, last) => {
        const model = begun(first);
        for (const action of steps) apply(model, action);
        const actor = model.person(last.actor).permissions;
        const before = new Map([...model.members.keys()].map((id) => [id, model.person(id)]));
        apply(model, last);
        for (const [id, person] of before) {
          const now = model.person(id);
          const lost = [...person.permissions].filter((permission) => !now.permissions.has(permission));
          if (id !== last.actor) for (const permission of lost) expect(actor.has(permission)).toBe(true);
        }
      }),
    );
  });
});

describe("permissions of a role", () => {
  it("are those of the table for built-in ones, and what it names for custom ones", () => {
    expect([...permissionsOf("admin", new Map())]).toEqual(permissionsOfRole("admin"));
    expect([...permissionsOf("r1", new Map([["r1", ["team.read"]]]))]).toEqual(["team.read"]);
  });

  it("are none for a role that is gone, an unknown permission, or a name that an object has anyway", () => {
    expect(permissionsOf("r9", new Map()).size).toBe(0);
    expect(permissionsOf("r1", new Map([["r1", ["rule.everything", "__proto__", "toString"]]])).size).toBe(0);
    expect(permissionsOf("__proto__", new Map()).size).toBe(0);
    expect(permissionsOf("super-admin", new Map()).size).toBe(0);
  });
});

describe("an invitation", () => {
  const at = new Date("2026-03-02T09:00:00Z");
  it("is over at its time, if nothing happened before", () => {
    expect(invitationState({ status: "pending", expiresAt: new Date(at.getTime() + 1) }, at)).toBe("pending");
    expect(invitationState({ status: "pending", expiresAt: at }, at)).toBe("expired");
    expect(invitationState({ status: "accepted", expiresAt: at }, at)).toBe("accepted");
    expect(invitationState({ status: "revoked", expiresAt: at }, at)).toBe("revoked");
  });
});

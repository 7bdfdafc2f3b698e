import { describe, expect, it } from "vitest";
import type { Ringing } from "./alarm-cards.tsx";
import { inPlace, inSight, messageCardMs, noCards, stepCards } from "./cards.ts";

const ring = (kind: Ringing["kind"], id: string, text = "Hello"): Ringing => ({
  id,
  kind,
  tenantId: "t",
  about: { view: "conversation", id, name: id },
  since: "2026-11-20T07:00:00.000Z",
  text,
  by: null,
  system: true,
});
const ids = (shown: readonly Ringing[]) => shown.map(({ id }) => id);

describe("the cards of what rings", () => {
  it("stand in front while they repeat, and until somebody acts", () => {
    const begun = stepCards(noCards, [], 0);
    const shown = stepCards(begun, [ring("message", "m"), ring("waiting", "w")], 1_000);
    expect(ids(shown.shown)).toEqual(["w", "m"]);
    expect(ids(stepCards(shown, [ring("message", "m"), ring("waiting", "w")], 9_999_999).shown)).toEqual(["w"]);
  });
  it("say a message once, again when there is another one, and not what was there before", () => {
    const begun = stepCards(noCards, [ring("message", "old")], 5_000);
    expect(begun.shown).toEqual([]);
    const first = stepCards(begun, [ring("message", "old"), ring("message", "m")], 6_000);
    expect(ids(first.shown)).toEqual(["m"]);
    const gone = stepCards(first, [ring("message", "old"), ring("message", "m")], 6_000 + messageCardMs);
    expect(gone.shown).toEqual([]);
    expect(ids(stepCards(gone, [ring("message", "m", "Hello again")], 30_000).shown)).toEqual(["m"]);
  });
  it("are one for a visitor, however many reasons ring, and a mention is another matter", () => {
    const about = (kind: Ringing["kind"]) => ({ ...ring(kind, kind), about: ring(kind, "ann").about });
    const begun = stepCards(noCards, [], 0);
    const kinds = (ringing: readonly Ringing[]) => stepCards(begun, ringing, 1_000).shown.map(({ kind }) => kind);
    expect(kinds([about("message"), about("assigned")])).toEqual(["assigned"]);
    expect(kinds([about("escalation"), about("waiting"), about("mention")])).toEqual(["waiting", "mention"]);
    expect(kinds([about("assigned"), ring("message", "bob")])).toEqual(["assigned", "message"]);
  });
  it("keep in sight what I asked to be reminded of, whatever else comes after it, and then the newest word", () => {
    const task = (kind: Ringing["kind"], id: string): Ringing => ({ ...ring(kind, id), about: { view: "task", id, name: id } });
    const drawn = (ringing: readonly Ringing[], places = 2) => ids(inSight(stepCards(noCards, ringing, 0).shown, places)).slice(0, places);
    const asOfOld = [task("mention", "mention"), task("reminder", "reminder"), task("missed", "missed")];
    expect(drawn(asOfOld)).toEqual(["reminder", "missed"]);
    const visitors = ["a", "b", "c"].map((id) => ring("waiting", id));
    expect(drawn([...visitors, ...asOfOld])).toEqual(["a", "reminder"]);
    expect(drawn([...visitors, task("mention", "mention"), task("missed", "missed")])).toEqual(["a", "missed"]);
    expect(drawn([...visitors, ...asOfOld], 1)).toEqual(["a"]);
    expect(drawn([task("reminder", "earlier"), ...asOfOld])).toEqual(["reminder", "earlier"]);
  });
  it("stay where somebody points at them, until they are gone", () => {
    const [a, b, c] = ["a", "b", "c"].map((id) => ring("mention", id)) as [Ringing, Ringing, Ringing];
    expect(ids(inPlace([c, a, b], ["a", "b"]))).toEqual(["a", "b", "c"]);
    expect(ids(inPlace([c, b], ["a", "b"]))).toEqual(["b", "c"]);
    expect(ids(inPlace([c, a, b], []))).toEqual(["c", "a", "b"]);
  });
  it("does not change while nothing does, so that it can be kept as state", () => {
    const one = stepCards(noCards, [ring("message", "m")], 0);
    expect(stepCards(one, [ring("message", "m")], 1_000).seen).toBe(one.seen);
    const none = stepCards(one, [], 2_000);
    expect(stepCards(none, [], 3_000).seen).toBe(none.seen);
  });
});

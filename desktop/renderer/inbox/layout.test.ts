import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closePane,
  emptyLayout,
  focusBy,
  focusPane,
  focusedRef,
  forgetConversation,
  forgetTenant,
  openBeside,
  openConversation,
  paneOf,
  pinPane,
  repairLayout,
  setPaneCount,
  visiblePanes,
  type ConversationRef,
  type Layout,
} from "./layout.ts";

const ref = (id: string): ConversationRef => ({ tenantId: "t", conversationId: id });
const shown = (layout: Layout) => layout.panes.map((pane) => pane.shown?.conversationId ?? "-").join(" ");
const opened = (...ids: string[]) => ids.reduce((layout, id) => openBeside(layout, ref(id)), emptyLayout);

describe("opening", () => {
  it("goes to the focused pane", () => {
    const layout = openConversation(openConversation(emptyLayout, ref("a")), ref("b"));
    expect(shown(layout)).toBe("b");
  });
  it("focuses a conversation that is already open, and never shows it twice", () => {
    const layout = openConversation(opened("a", "b"), ref("a"));
    expect([shown(layout), layout.focused]).toEqual(["a b", 0]);
    expect(openBeside(layout, ref("b")).focused).toBe(1);
  });
  it("never replaces a pinned pane", () => {
    const pinned = pinPane(opened("a", "b"), 1, true);
    expect(shown(openConversation(pinned, ref("c")))).toBe("c b");
    const all = pinPane(pinned, 0, true);
    expect(shown(openConversation(all, ref("c")))).toBe("a b c");
  });
  it("beside uses an empty pane, then a new one, then the next", () => {
    expect(shown(openBeside(setPaneCount(openConversation(emptyLayout, ref("a")), 2), ref("b")))).toBe("a b");
    expect(shown(openBeside(focusPane(opened("a", "b"), 0), ref("c")))).toBe("a c b");
    expect(shown(openBeside(focusPane(opened("a", "b", "c", "d"), 1), ref("e")))).toBe("a b e d");
  });
});

describe("panes", () => {
  it("close to one, which stays empty", () => {
    const layout = closePane(closePane(opened("a", "b"), 0), 0);
    expect([shown(layout), layout.panes.length]).toEqual(["-", 1]);
  });
  it("keep the focused one when there are fewer: empty ones go first", () => {
    const layout = setPaneCount(setPaneCount(focusPane(opened("a", "b"), 1), 4), 2);
    expect([shown(layout), focusedRef(layout)?.conversationId]).toEqual(["a b", "b"]);
    expect(shown(setPaneCount(focusPane(opened("a", "b", "c"), 0), 1))).toBe("a");
  });
  it("give way to a lost conversation without moving the others", () => {
    const layout = forgetConversation(opened("a", "b", "c"), ref("b"));
    expect([shown(layout), layout.panes.length]).toEqual(["a - c", 3]);
  });
  it("go round with the focus", () => {
    expect([focusBy(opened("a", "b"), 1).focused, focusBy(focusPane(opened("a", "b"), 0), -1).focused]).toEqual([0, 1]);
  });
});

describe("room", () => {
  it("shows as many as fit, with the focused one among them, and remembers the others", () => {
    const layout = focusPane(opened("a", "b", "c"), 2);
    expect(visiblePanes(layout, 700, 800).rows).toEqual([[1, 2]]);
    expect(visiblePanes(focusPane(layout, 0), 700, 800).rows).toEqual([[0, 1]]);
    expect(visiblePanes(layout, 1100, 800).rows).toEqual([[0, 1, 2]]);
  });
  it("stands four as two by two", () => {
    expect(visiblePanes(opened("a", "b", "c", "d"), 800, 800).rows).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});

describe("a remembered layout", () => {
  it("comes back as it was", () => {
    const layout = { ...pinPane(opened("a", "b"), 1, true), shares: [0.4, 0.6] };
    const back = repairLayout(JSON.parse(JSON.stringify(layout)));
    expect([shown(back), back.focused, back.panes[1]?.pinned, back.shares]).toEqual(["a b", 1, true, [0.4, 0.6]]);
  });
  it("is repaired or replaced, whatever it holds", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const layout = repairLayout(value);
        expect(layout.panes.length).toBeGreaterThan(0);
        expect(layout.panes[layout.focused]).toBeDefined();
      }),
    );
    expect(shown(repairLayout({ panes: [{ shown: ref("a") }, { shown: ref("a") }], focused: 9 }))).toBe("a -");
  });
});

it("empties every pane of a tenant that is gone from this computer, where it is", () => {
  const other = { tenantId: "t2", conversationId: "there" };
  const layout = openBeside(openBeside(openConversation(emptyLayout, ref("here")), other), ref("here too"));
  const { tenantId } = ref("here");
  expect(forgetTenant(layout, tenantId).panes.map(({ shown }) => shown)).toEqual([undefined, other, undefined]);
});

it("keeps its promises through any sequence of acts", () => {
  const act = fc.tuple(fc.constantFrom("open", "beside", "close", "count", "pin", "focus", "forget"), fc.nat(5));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      let layout = emptyLayout;
      for (const [name, n] of acts) {
        const id = ref(`c${n}`);
        const before = layout;
        if (name === "open") layout = openConversation(layout, id);
        else if (name === "beside") layout = openBeside(layout, id);
        else if (name === "close") layout = closePane(layout, n);
        else if (name === "count") layout = setPaneCount(layout, n);
        else if (name === "pin") layout = pinPane(layout, n, true);
        else if (name === "focus") layout = focusPane(layout, n);
        else layout = forgetConversation(layout, id);
        const ids = layout.panes.flatMap((pane) => pane.shown?.conversationId ?? []);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(layout.panes.map((pane) => pane.key)).size).toBe(layout.panes.length);
        expect(layout.panes.length).toBeGreaterThanOrEqual(1);
        expect(layout.panes.length).toBeLessThanOrEqual(4);
        expect(layout.panes[layout.focused]).toBeDefined();
        if (name === "open" || name === "beside")
          for (const pane of before.panes)
            if (pane.pinned && pane.shown !== undefined) expect(paneOf(layout, pane.shown)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

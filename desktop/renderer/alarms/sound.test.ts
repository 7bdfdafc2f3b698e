import { describe, expect, it } from "vitest";
import { createPlayer, figures } from "./sound.ts";

function fakeContext(state: "running" | "suspended", resumes = true) {
  const tones: { readonly hertz: number; at: number }[] = [];
  const param = () => ({
    value: 0,
    setValueAtTime: () => undefined,
    linearRampToValueAtTime: () => undefined,
    setTargetAtTime: () => undefined,
  });
  const context = {
    state,
    currentTime: 5,
    destination: {},
    resume() {
      if (resumes) context.state = "running";
      return resumes ? Promise.resolve() : new Promise<void>(() => undefined);
    },
    createGain: () => ({ gain: param(), connect: (next: unknown) => next }),
    createOscillator: () => {
      const frequency = { value: 0 };
      return {
        type: "",
        frequency,
        connect: (next: { connect: (to: unknown) => unknown }) => next,
        start: (at: number) => tones.push({ hertz: frequency.value, at }),
        stop: () => undefined,
      };
    },
  };
  // Only what the player uses; the browser's own type has a hundred more members.
  return { tones, make: () => context as unknown as AudioContext };
}

describe("a sound", () => {
  it("plays its figure in order", async () => {
    const { tones, make } = fakeContext("running");
    expect(await createPlayer(make).play("alarm")).toBe(true);
    expect(tones.map((tone) => tone.hertz)).toEqual(figures.alarm.map((note) => note.hertz));
    expect(tones.map((tone) => tone.at)).toEqual(tones.map((tone) => tone.at).toSorted((a, b) => a - b));
  });
  it("says when the page may not play yet, and plays after a click", async () => {
    expect(await createPlayer(fakeContext("suspended", false).make).play("alarm")).toBe(false);
    const later = fakeContext("suspended");
    expect(await createPlayer(later.make).unlock()).toBe(true);
  });
  it("differs from the others", () => {
    const tunes = Object.values(figures).map((notes) => notes.map((note) => note.hertz).join(" "));
    expect(new Set(tunes).size).toBe(tunes.length);
  });
});

/**
 * The console's sounds, played as tones: the CSP lets the page fetch nothing, and a tone needs no file. Each is a short figure
 * that can be told from the others with closed eyes.
 */
export type SoundName = "alarm" | "message" | "reminder";

interface Note {
  readonly hertz: number;
  readonly at: number;
  readonly seconds: number;
}

export const figures: Readonly<Record<SoundName, readonly Note[]>> = {
  alarm: [
    { hertz: 784, at: 0, seconds: 0.18 },
    { hertz: 1047, at: 0.2, seconds: 0.18 },
    { hertz: 784, at: 0.4, seconds: 0.18 },
    { hertz: 1047, at: 0.6, seconds: 0.32 },
  ],
  message: [{ hertz: 880, at: 0, seconds: 0.12 }],
  reminder: [
    { hertz: 659, at: 0, seconds: 0.22 },
    { hertz: 523, at: 0.26, seconds: 0.34 },
  ],
};

export interface Player {
  /** False when the browser does not let the page play yet. */
  readonly play: (name: SoundName) => Promise<boolean>;
  /** Called from a click: afterwards the page may play. */
  readonly unlock: () => Promise<boolean>;
}

export function createPlayer(makeContext: () => AudioContext): Player {
  let context: AudioContext | undefined;
  const running = async (): Promise<AudioContext | undefined> => {
    context ??= makeContext();
    if (context.state === "suspended") {
      // Resolves only when it may run; a page that was never clicked would wait for ever.
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 150))]);
    }
    return context.state === "running" ? context : undefined;
  };
  return {
    async play(name) {
      const player = await running();
      if (player === undefined) return false;
      const begin = player.currentTime + 0.02;
      for (const note of figures[name]) {
        const tone = player.createOscillator();
        const level = player.createGain();
        tone.type = "sine";
        tone.frequency.value = note.hertz;
        // Swells and fades within a few milliseconds: a hard edge would click.
        level.gain.setValueAtTime(0, begin + note.at);
        level.gain.linearRampToValueAtTime(0.22, begin + note.at + 0.012);
        level.gain.setTargetAtTime(0, begin + note.at + note.seconds * 0.6, 0.05);
        tone.connect(level).connect(player.destination);
        tone.start(begin + note.at);
        tone.stop(begin + note.at + note.seconds + 0.25);
      }
      return true;
    },
    unlock: async () => (await running()) !== undefined,
  };
}

/** A line for each step, with how long it took: `✓ Packages … 61.2 s`. */

/** Something that people can put right. The message says what is wrong and what to do. */
export class SetupError extends Error {}

export function createProgress(out, now = () => performance.now()) {
  return {
    /** `slow` announces the step before it runs; `detail` turns its result into a few words. */
    async step(label, work, { slow = false, detail } = {}) {
      const began = now();
      if (slow) out.write(`… ${label}\n`);
      try {
        const result = await work();
        const words = detail === undefined ? label : `${label}: ${detail(result)}`;
        out.write(`✓ ${words} … ${seconds(now() - began)}\n`);
        return result;
      } catch (error) {
        out.write(`✗ ${label} … ${seconds(now() - began)}\n`);
        throw error;
      }
    },
    line(text) {
      out.write(`${text}\n`);
    },
  };
}

export function seconds(ms) {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

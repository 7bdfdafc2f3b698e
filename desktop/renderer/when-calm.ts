/** The window stands and nobody waits for it: what may be wanted next is made ready, which would have made the start longer. */
const calmMs = 500;

/** Answers how to call it off. */
export function whenCalm(run: () => void): () => void {
  const timer = setTimeout(run, calmMs);
  return () => clearTimeout(timer);
}

/** A short, soft tone, made here so that no file is fetched. Browsers allow it only after the visitor has touched the chat. */
export function createBell(): () => void {
  let context: AudioContext | undefined;
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => (context ??= new AudioContext()), { once: true });
  return () => {
    if (context === undefined) return;
    const tone = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime;
    tone.frequency.setValueAtTime(660, start);
    tone.frequency.setValueAtTime(880, start + 0.09);
    volume.gain.setValueAtTime(0.08, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.3);
  };
}

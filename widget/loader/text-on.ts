/** Black or white, whichever reads better: the rule of `shared/model/colours.ts` with a rounded gamma, because every byte counts here. */
export function textOn(colour: string): string {
  const part = (at: number) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2;
  return 0.21 * part(1) + 0.72 * part(3) + 0.07 * part(5) > 0.18 ? "#000" : "#fff";
}

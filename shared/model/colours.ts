/** Contrast by WCAG 2.2, on `#rrggbb`. A tenant chooses one colour; what is written on it and in it is computed here, so that every choice stays readable. */

/** What labels are painted with: each readable on light and on dark. */
export const labelColours = ["#3355d1", "#0f766e", "#9a3412", "#86198f", "#475569", "#4d7c0f", "#be185d", "#92400e"] as const;

/** Relative luminance, 0 (black) to 1 (white). */
export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]; // two went in
  return (high + 0.05) / (low + 0.05);
}

/** Black or white, whichever reads better. One of them always reaches 4.5: the two contrasts multiply to 21. */
export function textOn(ground: string): "#ffffff" | "#000000" {
  return contrast(ground, "#ffffff") >= contrast(ground, "#000000") ? "#ffffff" : "#000000";
}

/** The nearest shade of a colour that stands out from the other one by the ratio; the colour itself when it already does. */
export function shadeAgainst(other: string, colour: string, ratio = 4.5): string {
  const goal = textOn(other) === "#ffffff" ? 255 : 0;
  for (let step = 0; step < 50; step++) {
    const shade = `#${channels(colour)
      .map((value) =>
        Math.round(value + ((goal - value) * step) / 50)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
    if (contrast(shade, other) >= ratio) return shade;
  }
  return textOn(other);
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

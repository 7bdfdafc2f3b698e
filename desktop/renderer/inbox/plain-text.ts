/**
 * Text from elsewhere without what no reader can see: control characters, and the marks that turn the direction of what follows, by which
 * an address can be made to read as another one. Line breaks and tabs stay, and so do the joiners that Thai, Arabic and emoji need.
 */
export function plainText(text: string): string {
  return text.replaceAll(/\r\n?/gu, "\n").replaceAll(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "");
}

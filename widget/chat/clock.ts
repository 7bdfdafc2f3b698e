/** The chat's only clock. */
export const now = (): number => Date.now();

/** The renderer's only look at the computer's clock. Server-corrected time is `now() + offset`, kept in `text/now.tsx`. */
export const now = (): number => Date.now();

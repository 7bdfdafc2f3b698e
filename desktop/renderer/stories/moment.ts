/** The moment of the pictures: Friday 20 November 2026, 14:31:48 in Bangkok. */
export const storyNow = Date.parse("2026-11-20T14:31:48+07:00");

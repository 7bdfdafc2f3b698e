/** "Asia/Bangkok" is a name for computers; people know the town. */
export const townOf = (zone: string) => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

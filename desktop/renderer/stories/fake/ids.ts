/** A readable name becomes an id that stays the same from picture to picture. */
export function fakeId(name: string): string {
  let hash = 0xcb_f2_9c_e4n;
  let hex = "";
  for (let round = 0; round < 4; round += 1) {
    for (const character of `${name} ${round}`)
      hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x1_00_00_00_01_b3n);
    hex += hash.toString(16).padStart(16, "0").slice(0, 8);
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

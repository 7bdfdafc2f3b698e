/** What may be handed to the system to open: a web address over https, a mail, a telephone call. Everything else stays closed. */
const schemes: ReadonlySet<string> = new Set(["https:", "mailto:", "tel:"]);

export function isExternal(address: string): boolean {
  // A control character or a space inside an address is read in one way here and in another by who opens it.
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(address)) return false;
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, hostname } = new URL(address);
  if (!schemes.has(protocol)) return false;
  return protocol !== "https:" || (hostname !== "" && username === "" && password === "");
}

/**
 * The path under which a data folder's console lives. It is the same at every start, so that the browser still has the pages and the
 * code that it compiled from them; the cookie without which the path opens nothing is new each time.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../core/session/account-file.ts";
import { secret } from "./doors.ts";

const written = /^[\w-]{43}$/u;

export function roomOf(dataFolder: string): string {
  const file = join(dataFolder, "room");
  const kept = read(file);
  if (kept !== null) return kept;
  const room = secret();
  writeWhole(file, room);
  return room;
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8");
    return written.test(text) ? text : null;
  } catch {
    return null; // the first start
  }
}

/** A stored text with its checksum: SQLite would hand out a row with a changed letter as if it were right. */
import { crc32 } from "node:zlib";

export class DamagedRow extends Error {
  /** Handled like a damaged page. */
  readonly code = "SQLITE_CORRUPT_ROW";
  constructor() {
    super("A stored row is not what was stored.");
    this.name = "DamagedRow";
  }
}

export interface Stored {
  data: string;
  sum: number;
}

export const sumOf = (text: string): number => crc32(text);

export function readText({ data, sum }: Stored): string {
  if (crc32(data) !== sum) throw new DamagedRow();
  return data;
}

/** What `JSON.stringify` stored. Who reads says what it was. */
export const readStored = <Row>(stored: Stored): Row => JSON.parse(readText(stored)) as Row;

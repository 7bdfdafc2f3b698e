/**
 * Takes a PNG apart and writes it anew from its pixels alone: no comment, no place, no colour profile, no byte of the file that came in
 * reaches a visitor's browser. Everything is checked before anything is unpacked, and unpacking stops at the size that the head promises.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostSide = 1_024;

/** Colour type -> values a pixel, and the depths that exist for it. */
const kinds: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

export interface CleanPng {
  bytes: Buffer;
  width: number;
  height: number;
}

/** Null when it is no PNG that we would show. */
export function cleanPng(file: Buffer): CleanPng | null {
  const chunks = readChunks(file);
  const head = chunks?.[0];
  if (!chunks || head?.type !== "IHDR" || head.data.length !== 13 || chunks.at(-1)?.type !== "IEND") return null;
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)];
  const [depth = 0, colour = -1, compression, filter, interlace] = head.data.subarray(8);
  const kind = kinds[colour];
  if (width < 1 || height < 1 || width > mostSide || height > mostSide) return null;
  if (!kind?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace !== 0) return null;

  const of = (type: string) => chunks.filter((chunk) => chunk.type === type).map(({ data }) => data);
  const [palette, ...morePalettes] = of("PLTE");
  const [transparency, ...moreTransparencies] = of("tRNS");
  if (morePalettes.length + moreTransparencies.length > 0) return null;
  if (palette && (palette.length === 0 || palette.length > 768 || palette.length % 3 !== 0 || colour === 0 || colour === 4)) return null;
  if (colour === 3 && (!palette || (transparency && transparency.length > palette.length / 3))) return null;
  if (
    transparency &&
    (colour === 4 || colour === 6 || (colour === 0 && transparency.length !== 2) || (colour === 2 && transparency.length !== 6))
  )
    return null;

  const rowBytes = 1 + Math.ceil((width * kind.samples * depth) / 8);
  const pixels = unpack(Buffer.concat(of("IDAT")), rowBytes * height);
  if (!pixels) return null;
  for (let row = 0; row < height; row++) if ((pixels[row * rowBytes] ?? 9) > 4) return null;
  const bytes = Buffer.concat([
    signature,
    chunk("IHDR", head.data),
    ...(palette ? [chunk("PLTE", palette)] : []),
    ...(transparency ? [chunk("tRNS", transparency)] : []),
    chunk("IDAT", deflateSync(pixels, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { bytes, width, height };
}

function unpack(packed: Buffer, expected: number): Buffer | null {
  try {
    const pixels = inflateSync(packed, { maxOutputLength: expected });
    return pixels.length === expected ? pixels : null;
  } catch {
    // Broken, or more than the head promised.
    return null;
  }
}

interface Chunk {
  type: string;
  data: Buffer;
}

/** All chunks up to the end; null when one is broken or must be understood and is not. */
function readChunks(file: Buffer): Chunk[] | null {
  if (file.length < signature.length || !file.subarray(0, signature.length).equals(signature)) return null;
  const chunks: Chunk[] = [];
  for (let at = signature.length; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > file.length || crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4)) return null;
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, end - 4) });
    if (type === "IEND") return chunks;
    // A capital first letter means: whoever does not know this cannot show the picture.
    if (/^[A-Z]/u.test(type) && !["IHDR", "PLTE", "IDAT"].includes(type)) return null;
    at = end;
  }
  return null;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

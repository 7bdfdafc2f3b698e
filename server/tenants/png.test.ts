import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cleanPng } from "./png.ts";
import { pngOf } from "./make.ts";

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
const withChunk = (png: Buffer, extra: Buffer) => Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)]);

describe("a picture", () => {
  it("comes out with the same pixels and none of what else stood in the file", () => {
    const plain = pngOf(3, 2);
    const secret = withChunk(plain, chunk("tEXt", Buffer.from("GPS\0 18.7883 98.9853")));
    expect(secret.includes("18.7883")).toBe(true);
    const clean = cleanPng(secret);
    expect(clean).toMatchObject({ width: 3, height: 2 });
    expect(clean?.bytes.includes("18.7883")).toBe(false);
    expect(clean?.bytes).toEqual(cleanPng(plain)?.bytes);
  });

  it("has nothing behind its end", () => {
    const clean = cleanPng(Buffer.concat([pngOf(2, 2), Buffer.from("<script>alert(1)</script>")]));
    expect(clean?.bytes.includes("script")).toBe(false);
  });

  const head = (width: number, height: number, rest: number[]) => {
    const data = Buffer.alloc(13);
    data.writeUInt32BE(width, 0);
    data.writeUInt32BE(height, 4);
    Buffer.from(rest).copy(data, 8);
    return chunk("IHDR", data);
  };
  const file = (...chunks: Buffer[]) => Buffer.concat([pngOf(1, 1).subarray(0, 8), ...chunks, chunk("IEND", Buffer.alloc(0))]);
  const row = deflateSync(Buffer.from([0, 1, 2, 3, 4]));

  it.each([
    ["an SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ["nothing", Buffer.alloc(0)],
    ["a file that ends too early", pngOf(4, 4).subarray(0, 50)],
    ["a wrong checksum", Buffer.from(pngOf(2, 2).map((byte, at) => (at === 20 ? byte ^ 1 : byte)))],
    ["a side that is too long", file(head(1_025, 1, [8, 6, 0, 0, 0]), chunk("IDAT", deflateSync(Buffer.alloc(1 + 4 * 1_025))))],
    ["more pixels than promised", file(head(1, 1, [8, 6, 0, 0, 0]), chunk("IDAT", deflateSync(Buffer.alloc(50_000_000))))],
    ["fewer pixels than promised", file(head(2, 2, [8, 6, 0, 0, 0]), chunk("IDAT", row))],
    ["a filter that does not exist", file(head(1, 1, [8, 6, 0, 0, 0]), chunk("IDAT", deflateSync(Buffer.from([7, 1, 2, 3, 4]))))],
    ["a depth that does not exist", file(head(1, 1, [3, 6, 0, 0, 0]), chunk("IDAT", row))],
    ["an interlaced one", file(head(1, 1, [8, 6, 0, 0, 1]), chunk("IDAT", row))],
    ["a palette that is missing", file(head(1, 1, [8, 3, 0, 0, 0]), chunk("IDAT", deflateSync(Buffer.from([0, 0]))))],
    ["a critical part that nobody knows", withChunk(pngOf(1, 1), chunk("EVIL", Buffer.from("x")))],
  ])("is not taken when it is %s", (_, bytes) => {
    expect(cleanPng(bytes)).toBeNull();
  });

  it("is taken with a palette", () => {
    const colours = chunk("PLTE", Buffer.from([255, 0, 0, 0, 0, 255]));
    expect(cleanPng(file(head(1, 1, [8, 3, 0, 0, 0]), colours, chunk("IDAT", deflateSync(Buffer.from([0, 1])))))).toMatchObject({
      width: 1,
    });
  });
});

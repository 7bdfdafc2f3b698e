/** A picture that somebody chose, drawn anew as a square PNG: what a camera or a program wrote beside the pixels stays on this computer. */

export const pictureTypes = "image/png,image/jpeg,image/webp";
const side = 256;
const mostBytes = 10 * 1_024 * 1_024;
const mostPixels = 50_000_000;

export type Picture = { readonly ok: true; readonly base64: string } | { readonly ok: false; readonly why: "kind" | "size" | "unreadable" };

/** By what the file is, never by what it is called. */
function isPicture(head: Uint8Array): boolean {
  const text = String.fromCharCode(...head);
  return (
    text.startsWith("\u0089PNG\r\n\u001a\n") ||
    text.startsWith("\u00ff\u00d8\u00ff") ||
    (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP")
  );
}

export async function readPicture(file: Blob): Promise<Picture> {
  if (file.size > mostBytes) return { ok: false, why: "size" };
  if (!isPicture(new Uint8Array(await file.slice(0, 12).arrayBuffer()))) return { ok: false, why: "kind" };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { ok: false, why: "unreadable" };
  }
  const { width, height } = picture;
  if (width * height > mostPixels) {
    picture.close();
    return { ok: false, why: "size" };
  }
  const canvas = new OffscreenCanvas(side, side);
  // The whole picture, in the middle of the square.
  const scale = side / Math.max(width, height);
  canvas.getContext("2d")?.drawImage(picture, (side - width * scale) / 2, (side - height * scale) / 2, width * scale, height * scale);
  picture.close();
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  return { ok: true, base64: base64Of(bytes) };
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

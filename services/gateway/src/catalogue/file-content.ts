import { productFileBytesMax } from "@kontor/protocol";

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** How files of a kind begin, as bytes; a null stands for any byte. */
const beginnings: Readonly<Record<string, readonly (number | null)[]>> = {
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/gif": [0x47, 0x49, 0x46, 0x38],
  "image/webp": [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "application/zip": [0x50, 0x4b],
};

/** The bytes of a file, or null: no base64, too long, or not what its media type says. */
export function fileContentOf(content: string, mediaType: string): Uint8Array | null {
  if (!base64.test(content)) return null;
  const bytes = Buffer.from(content, "base64");
  if (bytes.length === 0 || bytes.length > productFileBytesMax) return null;
  const beginning = beginnings[mediaType];
  if (beginning === undefined) return isText(bytes) ? bytes : null;
  return beginning.every((byte, place) => byte === null || bytes[place] === byte) ? bytes : null;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\0");
  } catch {
    return false;
  }
}

import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompressSync } from "node:zlib";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Shorter texts gain less from packing than it costs. */
const packedFromBytes = 8_192;
/** What a packed text begins with (RFC 8878); neither a segment nor JSON begins with a parenthesis. */
const packedMark = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const packZstd = promisify(zstdCompress);
const packing = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** No honest segment is longer: a host's batch ends at a megabyte, give or take its last entry. */
const unpackedBytesMax = 67_108_864;
/** Most segments come out in one piece. */
const chunkSize = 131_072;

/** A text as it is stored: in plain or, from eight kilobytes on, packed by Zstandard. */
export function packText(text: string): Uint8Array {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length < packedFromBytes ? bytes : zstdCompressSync(bytes, packing);
}

/** The same as `packText` of a long text, on another thread. */
export async function packTextAside(text: string): Promise<Uint8Array> {
  return await packZstd(Buffer.from(text, "utf8"), packing);
}

/** The opposite of `packText`. @throws when the bytes are neither packed nor UTF-8, or longer than expected */
export function unpackText(bytes: Uint8Array, maxOutputLength = unpackedBytesMax): string {
  return decoder.decode(isPacked(bytes) ? zstdDecompressSync(bytes, { maxOutputLength, chunkSize }) : bytes);
}

function isPacked(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, packedMark.length), packedMark) === 0;
}

import { Refusal } from "../refusal.ts";

/** What one piece of a file holds at most, and all that is ever in memory of it. */
const pieceBytes = 1_048_576;

/**
 * A body as it arrives, in whole mebibytes and a rest.
 *
 * @throws Refusal `body_too_large` beyond `bytesMax`; the source's error where it breaks off, and then without the rest
 */
export async function* piecesOf(body: AsyncIterable<Uint8Array>, bytesMax: number): AsyncGenerator<Buffer> {
  let kept: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  for await (const chunk of body) {
    total += chunk.length;
    if (total > bytesMax) throw new Refusal("body_too_large", { limit: bytesMax });
    kept.push(chunk);
    size += chunk.length;
    while (size >= pieceBytes) {
      const joined = Buffer.concat(kept);
      yield joined.subarray(0, pieceBytes);
      const rest = joined.subarray(pieceBytes);
      kept = rest.length === 0 ? [] : [rest];
      size = rest.length;
    }
  }
  if (size > 0) yield Buffer.concat(kept);
}

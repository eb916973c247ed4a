import { encodingOf } from "../table/text-decoding.ts";

/** What a source begins like, and the source from its beginning on, to be read once. */
export type ToldApart = { readonly isXml: boolean; readonly bytes: AsyncGenerator<Uint8Array> };

/** Tells XML from tables by a source's first piece that is not empty. */
export async function toldApart(bytes: AsyncIterable<Uint8Array>): Promise<ToldApart> {
  const pieces = bytes[Symbol.asyncIterator]();
  let first = await pieces.next();
  while (first.done !== true && first.value.length === 0) first = await pieces.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  }
  const start = head.subarray(0, 256);
  const text = new TextDecoder(encodingOf(start) ?? "latin1").decode(start);
  return { isXml: /^(\u00ef\u00bb\u00bf|\ufeff)?\s*</.test(text), bytes: whole() };
}

import { expect, test } from "vitest";
import { toldApart } from "../src/index.ts";
import { collected, piecesOf } from "./bytes.ts";

test.each([
  ["<BMECAT/>", true],
  ['\ufeff<?xml version="1.0"?>', true],
  ["  \n <a/>", true],
  ["sku;name\n", false],
  ["", false],
])("%j is XML: %s, and none of its bytes is lost", async (text, isXml) => {
  const told = await toldApart(piecesOf(text, 400));
  expect(told.isXml).toBe(isXml);
  expect(Buffer.concat(await collected(told.bytes)).toString("utf8")).toBe(text);
});

test("XML of two bytes a character is XML", async () => {
  const bytes = Buffer.from("\ufeff<BMECAT/>", "utf16le");
  expect((await toldApart(piecesOf(bytes, 100))).isXml).toBe(true);
});

test("whoever reads no further ends the source", async () => {
  let ended = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield await Promise.resolve(Buffer.from("a;b\n"));
      yield Buffer.from("c;d\n");
    } finally {
      ended = true;
    }
  }
  const { bytes } = await toldApart(source());
  for await (const _piece of bytes) break;
  expect(ended).toBe(true);
});

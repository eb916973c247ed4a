import fc from "fast-check";
import { expect, test } from "vitest";
import { StringPool } from "../../src/search/memory/string-pool.ts";

const text = fc.oneof(
  fc.uuid(),
  fc.string({ unit: "binary" }),
  fc.string({ maxLength: 3 }),
  fc.constantFrom(
    "\ud800",
    "é",
    "ё",
    "",
    "0198c0de-a000-7000-8000-00000000000G",
    "0198C0DE-A000-7000-8000-000000000000",
  ),
);

test("texts come back as they were, each by one number, in the order of their code units", () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 300 }), (texts) => {
      const pool = new StringPool();
      const ids = texts.map((own) => pool.intern(own));
      expect(pool.size).toBe(new Set(texts).size);
      expect(ids.map((id) => pool.text(id))).toEqual(texts);
      expect(texts.map((own) => pool.find(own))).toEqual(ids);
      expect(pool.find("not among them, surely")).toBe(-1);
      for (const [at, id] of ids.entries()) {
        const other = ids[(at * 7 + 1) % ids.length] ?? 0;
        const [left, right] = [pool.text(id), pool.text(other)];
        expect(Math.sign(pool.compare(id, other))).toBe(Number(left > right) - Number(left < right));
      }
    }),
    { seed: 2, numRuns: 200 },
  );
});

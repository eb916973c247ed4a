import fc from "fast-check";
import type { CatalogueRow } from "../../src/index.ts";

const word = fc
  .string({ unit: fc.constantFrom(..."abzAZ09äß€&<>\"'-. 日"), minLength: 1, maxLength: 12 })
  .map((text) => `w${text.trim()}`);
const decimal = fc
  .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(6, "0")}`.replace(/\.?0+$/, ""));
const unit = fc.constantFrom("C62", "KGM", "MTR", "XBX", "XPK", "XRO", "SET", "LTR", "TNE", "PR");
const day = fc.constantFrom("2026-01-01", "2026-06-30", "2027-01-01");
const instant = fc.constant("2026-03-04T10:00:00.000000Z");
const gtin = fc.constantFrom("04006209796856", "04042146228586", "05901234123457", "00000087126709");

/** At least one rung per currency and period, never dearer than the one before. */
const prices = fc
  .array(
    fc.record({
      currency: fc.constantFrom("EUR", "USD"),
      validFrom: fc.option(fc.oneof(day, instant), { nil: undefined }),
      rungs: fc.integer({ min: 1, max: 3 }),
      from: fc.integer({ min: 10, max: 900 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .chain((ladders) => fc.tuple(fc.constant(ladders), decimal))
  .map(([ladders, baseQuantity]) => {
    const distinct = new Map(ladders.map((ladder) => [`${ladder.currency} ${ladder.validFrom}`, ladder]));
    return [...distinct.values()].flatMap(({ currency, validFrom, rungs, from }) =>
      Array.from({ length: rungs }, (_, at) => ({
        currency,
        minQuantity: String(1 + at * 9),
        amount: String(from - at),
        baseQuantity,
        ...(validFrom !== undefined && { validFrom, validUntil: "2027-12-31" }),
      })),
    );
  });

const optional = { requiredKeys: [] };

/** Rows of which BMEcat 2005 can say everything. */
export const expressibleRow: fc.Arbitrary<CatalogueRow> = fc
  .record({
    partNumber: word,
    texts: fc.uniqueArray(fc.constantFrom("de", "en", "fr"), { minLength: 1, maxLength: 3 }).chain((languages) =>
      fc.tuple(
        ...languages.map((language) =>
          fc.record(
            {
              language: fc.constant(language),
              name: word,
              description: word,
              keywords: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
            },
            { requiredKeys: ["language", "name"] },
          ),
        ),
      ),
    ),
    orderUnit: unit,
    prices,
  })
  .chain((needed) =>
    fc
      .record(
        {
          gtins: fc
            .uniqueArray(gtin, { minLength: 1, maxLength: 2 })
            .map((list) => list.map((each) => ({ gtin: each, unit: null }))),
          manufacturer: word,
          manufacturerPartNumber: word,
          classes: fc
            .uniqueArray(fc.constantFrom("ECLASS-5.1", "UNSPSC-13.2", "own-1.0"), { minLength: 1 })
            .chain((schemes) => fc.tuple(...schemes.map((scheme) => word.map((code) => ({ scheme, code }))))),
          attributes: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).chain((names) =>
            fc.tuple(
              ...names.map((name) =>
                fc.record({
                  name: fc.constant(name),
                  values: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
                  unit: fc.option(fc.constantFrom("MMT", "KGM", "VLT", "P1")),
                }),
              ),
            ),
          ),
          content: fc.record({
            unit,
            ratio: fc.record({ num: fc.integer({ min: 1, max: 9_999 }).map(String), den: fc.constant("1") }),
          }),
          minQuantity: decimal,
          multiple: decimal,
          maxQuantity: decimal,
          leadTimeDays: fc.integer({ min: 0, max: 400 }),
          condition: fc.constantFrom("new" as const, "used" as const, "refurbished" as const),
          deliveryTerm: fc.record({ term: fc.constantFrom("DAP", "EXW", "FCA"), place: fc.option(word) }),
          buyerPartNumbers: fc.record({ buyer: fc.option(fc.constant("ACME")), partNumber: word }).map((one) => [one]),
          files: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((names) =>
            names.map((name, at) => ({
              kind: (["picture", "data_sheet", "other"] as const)[at] ?? "picture",
              address: `https://x.example/${name}`,
              title: name,
              ...(at === 1 && { mediaType: "application/pdf" }),
            })),
          ),
        },
        optional,
      )
      .map((more) => ({ ...needed, mode: "replace" as const, ...more })),
  );

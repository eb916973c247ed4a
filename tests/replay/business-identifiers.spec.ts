import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Checked, IdentifierFault } from "@kontor/standards";
import { checkGtin, checkVatId, gtinFacts, identifierChecks } from "@kontor/standards";
import { describe, expect, it } from "vitest";
import { recordsFolder } from "./records.ts";

const codes = recordsFolder("standards/codes");
const products = recordsFolder("catalog/icecat-it-office");

type Judge = (text: string) => Checked;

/** Lists of the file by the check that they are for. */
const judges: Readonly<Record<string, Judge>> = {
  eu_vat: identifierChecks.vat_id,
  gb_vat: identifierChecks.vat_id,
  ch_vat: identifierChecks.vat_id,
  no_mva: (text) => checkVatId(text, "NO"),
  eu_eic: identifierChecks.eic,
  lei: identifierChecks.lei,
  iban: identifierChecks.iban,
  isin: identifierChecks.isin,
  bic: identifierChecks.bic,
  au_abn: identifierChecks.au_abn,
  ch_uid: identifierChecks.ch_uid,
  cn_uscc: identifierChecks.cn_uscc,
  tr_vkn: identifierChecks.tr_vkn,
  ua_edrpou: identifierChecks.ua_edrpou,
};

/** What a list of bad numbers says is wrong with them, and what we may say. */
const told: readonly (readonly [RegExp, readonly IdentifierFault[]])[] = [
  [/check digit is wrong|broken checksums/, ["check_digit_wrong"]],
  [/formatting flaws/, ["character_wrong", "length_wrong", "part_wrong"]],
  [/invalid or unknown value/, ["part_wrong", "country_unknown"]],
  [/wrong length/, ["length_wrong"]],
  [/alphabetic characters where/, ["character_wrong", "country_unknown"]],
];

type Entry = { readonly scheme: string; readonly list: string; readonly text: string };

function entriesOf(folder: string): Entry[] {
  const file = JSON.parse(readFileSync(join(folder, "business-identifiers.json"), "utf8")) as Record<string, unknown>;
  return Object.entries(file).flatMap(([scheme, lists]) => {
    if (typeof lists !== "object" || lists === null) return [];
    return Object.entries(lists).flatMap(([list, texts]) =>
      (texts as string[]).map((text) => ({ scheme, list, text })),
    );
  });
}

function answer({ scheme, text }: Entry): Checked {
  const judge = judges[scheme];
  if (judge === undefined) throw new Error(`no check for ${scheme}`);
  return judge(text);
}

describe.runIf(codes !== null)("numbers of businesses", () => {
  const entries = codes === null ? [] : entriesOf(codes);
  const good = entries.filter(({ list }) => list === "valid");
  const bad = entries.filter(({ list }) => list !== "valid");

  it("refuses none that exists", () => {
    expect(good.filter((entry) => !answer(entry).ok)).toEqual([]);
    expect(good).toHaveLength(1_627);
  });

  it("takes none that is mangled, and says what is wrong with it", () => {
    const wrong = bad.filter((entry) => {
      const judged = answer(entry);
      const [, reasons = []] = told.find(([pattern]) => pattern.test(entry.list)) ?? [];
      return judged.ok || !reasons.includes(judged.reason);
    });
    expect(wrong).toEqual([]);
    expect(bad).toHaveLength(67);
  });

  it("gives a number that it takes again the same number", () => {
    const values = good.map((entry) => ({ entry, value: answer(entry) }));
    const changed = values.filter(({ entry, value }) => {
      if (!value.ok) return true;
      const again = answer({ ...entry, text: value.value });
      return !again.ok || again.value !== value.value;
    });
    expect(changed).toEqual([]);
  });
});

describe.runIf(products !== null)("numbers of articles", () => {
  it("takes all GTINs of the recorded catalogue but the one that is broken", () => {
    const lines = gunzipSync(readFileSync(join(products ?? "", "products.ndjson.gz")))
      .toString("utf8")
      .trim()
      .split("\n");
    const gtins = lines.flatMap((line) => (JSON.parse(line) as { ean?: string[] }).ean ?? []);
    expect(gtins).toHaveLength(51_459);
    const refused = gtins.map((gtin) => ({ gtin, judged: checkGtin(gtin) })).filter(({ judged }) => !judged.ok);
    expect(refused.map(({ gtin, judged }) => [gtin.length, judged])).toEqual([
      [11, { ok: false, reason: "length_wrong" }],
    ]);
    const packed = gtins.filter((gtin) => gtin.length === 14 && gtinFacts(gtin).packagingIndicator > 0);
    const single = packed.map((gtin) => gtinFacts(gtin).packedGtin).filter((gtin) => gtin !== null);
    expect(single.filter((gtin) => !checkGtin(gtin).ok)).toEqual([]);
  });
});

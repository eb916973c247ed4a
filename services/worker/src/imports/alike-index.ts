import type { AlikeProduct, Finding, MergeTarget, NewProduct } from "@kontor/db";
import { catalogRules } from "./catalogue-rules.ts";

type MatchProduct = AlikeProduct["match"];
type Candidate = { readonly match: MatchProduct; readonly target: MergeTarget; readonly createdAt: number };

/** By what a product is looked up: its GTINs, and its brand with its number. */
function keysOf({ brandKey, partNoKey, variants }: MatchProduct): {
  readonly gtins: string[];
  readonly numbers: string[];
} {
  const gtins = variants.flatMap((variant) => variant.gtins.map(({ gtin }) => gtin));
  const parts = [partNoKey, ...variants.map((variant) => variant.partNoKey)].filter((part) => part !== null);
  const numbers = brandKey === null ? [] : [...new Set(parts)].map((part) => `${brandKey} ${part}`);
  return { gtins: [...new Set(gtins)], numbers };
}

/** Products that new ones may be: those that were there, and those of the batch that came before. */
export class AlikeIndex {
  readonly #byGtin = new Map<string, Candidate[]>();
  readonly #byNumber = new Map<string, Candidate[]>();

  constructor(known: readonly AlikeProduct[]) {
    for (const { row, match } of known.toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))) {
      const { id, ownerCompanyId, version, createdAt } = row;
      this.#add({ match, target: { id, ownerCompanyId, version }, createdAt });
    }
  }

  /** What a new product was found to be like, in the order in which it is judged, up to the one that it is. */
  judge(match: MatchProduct): { readonly findings: readonly Finding[]; readonly mergedInto: MergeTarget | null } {
    const findings: Finding[] = [];
    for (const { match: other, target } of this.#candidates(match)) {
      const verdict = catalogRules.compare(match, other);
      if (verdict.kind === "apart") continue;
      findings.push({ otherId: other.productId, verdict });
      if (verdict.kind === "merge") return { findings, mergedInto: target };
    }
    return { findings, mergedInto: null };
  }

  /** A new one that stays its own product is one that the rows behind it may be. */
  made(match: MatchProduct, { vendorId, now }: { readonly vendorId: string; readonly now: number }): void {
    const target = { id: match.productId, ownerCompanyId: vendorId, version: 1 };
    this.#add({ match, target, createdAt: now });
  }

  /** Those with a GTIN of it before those with its number, older ones first, the same as in the match queue. */
  #candidates(match: MatchProduct): readonly Candidate[] {
    const { gtins, numbers } = keysOf(match);
    const older = (a: Candidate, b: Candidate) => a.createdAt - b.createdAt;
    const first = gtins.flatMap((gtin) => this.#byGtin.get(gtin) ?? []).sort(older);
    const second = numbers.flatMap((number) => this.#byNumber.get(number) ?? []).sort(older);
    return [...new Set([...first, ...second])];
  }

  #add(candidate: Candidate): void {
    const { gtins, numbers } = keysOf(candidate.match);
    for (const gtin of gtins) push(this.#byGtin, gtin, candidate);
    for (const number of numbers) push(this.#byNumber, number, candidate);
  }
}

function push(index: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const there = index.get(key);
  if (there === undefined) index.set(key, [candidate]);
  else there.push(candidate);
}

type Described = Omit<NewProduct, "findings" | "mergedInto">;

/** A new product as the match rules look at it. */
export function matchOf({ productId, variantId, brand, partNo, texts, attributes, measures }: Described): MatchProduct {
  const partNoKey = partNo === null ? null : catalogRules.keyOf(partNo);
  const { baseUnit, units } = measures;
  const gtins = measures.gtins.filter(({ gtin }) => catalogRules.isUniqueGtin(gtin));
  return {
    productId,
    brandKey: brand === null ? null : catalogRules.keyOf(brand),
    partNoKey,
    names: texts.map(({ name }) => name),
    attributes,
    variants: [{ variantId, partNoKey, baseUnit, units, gtins, attributes: [] }],
  };
}

import type { ClassNode, SupplierDocument, SupplierPage, SupplierQuery, SynonymRule } from "@kontor/catalog";
import { SupplierSearch } from "@kontor/catalog";
import type { FeedSupplier } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import { DueProducts } from "./due-products.ts";
import { capacityOf } from "./supplier-capacity.ts";

const dayMicros = 86_400_000_000;

/** A marketplace's suppliers, each as it is at an instant: certificates expire by themselves. */
export class SupplierIndex {
  /** By company. */
  readonly due = new DueProducts();
  readonly #search: SupplierSearch;
  /** The class above each, as `scheme:code`. */
  readonly #parents: ReadonlyMap<string, string>;

  constructor(setup: { readonly classes: readonly ClassNode[]; readonly synonyms: readonly SynonymRule[] }) {
    this.#search = new SupplierSearch(setup);
    this.#parents = new Map(
      setup.classes.flatMap(({ scheme, code, parent }) =>
        parent === null ? [] : [[`${scheme}:${code}`, `${scheme}:${parent}`]],
      ),
    );
  }

  setSynonyms(rules: readonly SynonymRule[]): void {
    this.#search.setSynonyms(rules);
  }

  put(supplier: FeedSupplier, at: Micros): void {
    const { companyId, name, texts, regions, supplies, certificates, isActive } = supplier;
    const valid = certificates
      .map((one) => ({ ...one, until: endOf(one.validUntil) }))
      .filter(({ until }) => at < until);
    const document: SupplierDocument = {
      id: companyId,
      name,
      texts,
      classes: supplies.map(({ scheme, code }) => ({ scheme, code })),
      regions,
      certificates: [...new Set(valid.map(({ standard }) => standard))],
      verified: [...new Set(valid.filter(({ verified }) => verified).map(({ standard }) => standard))],
      capacities: supplies.flatMap(({ scheme, code, capacity }) =>
        capacity === undefined ? [] : this.#withAbove(`${scheme}:${code}`).map((key) => capacityOf(key, capacity)),
      ),
      active: isActive,
    };
    this.#search.upsertSupplier(document);
    this.due.set(companyId, valid.length === 0 ? null : Math.min(...valid.map(({ until }) => until)));
  }

  delete(companyId: string): void {
    this.#search.deleteSupplier(companyId);
    this.due.set(companyId, null);
  }

  find(query: SupplierQuery): SupplierPage {
    return this.#search.find(query);
  }

  /** Who can supply so much sheet can supply so much steel. */
  #withAbove(classKey: string): readonly string[] {
    const all = new Set<string>();
    for (let at: string | undefined = classKey; at !== undefined && !all.has(at); at = this.#parents.get(at))
      all.add(at);
    return [...all];
  }
}

/** The instant after the day. */
function endOf(day: string): Micros {
  return (microsOfInstant(`${day}T00:00:00Z`) ?? 0) + dayMicros;
}

import type { FoundPage, FoundSuppliers, Search, SupplierAsk } from "./marketplace-index.ts";
import type { SearchFigures } from "./search-figures.ts";

/** Who looks: a company, for one of its divisions or as a whole; null for whoever buys for nobody. */
export type Searcher = { readonly companyId: string; readonly divisionId: string | null } | null;

export type SearchAsk = { readonly marketplaceId: string; readonly searcher: Searcher; readonly search: Search };
export type SuppliersAsk = { readonly marketplaceId: string; readonly search: SupplierAsk };

/** What the thread is started with. */
export type ThreadData = {
  readonly databaseUrl: string;
  readonly pollMs: number;
  /** Marketplaces whose indexes are built at the start, before anybody asks. */
  readonly warmMax: number;
  /** How long a caller waits for an index that is being built. */
  readonly patienceMs: number;
};

export type ToThread =
  | { readonly kind: "ask"; readonly id: number; readonly ask: SearchAsk }
  | { readonly kind: "ask_suppliers"; readonly id: number; readonly ask: SuppliersAsk }
  | { readonly kind: "stop" };

/** Null where there is no such marketplace. */
export type Found = FoundPage | FoundSuppliers | null;

export type FromThread =
  | { readonly kind: "page"; readonly id: number; readonly page: Found }
  /** The index is not there yet. */
  | { readonly kind: "warming"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly message: string }
  | { readonly kind: "figures"; readonly figures: SearchFigures }
  /** Something went wrong that no caller waits for. */
  | { readonly kind: "trouble"; readonly message: string };

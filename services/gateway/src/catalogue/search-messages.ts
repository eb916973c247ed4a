import type { CatalogPage } from "@kontor/catalog";
import type { Search } from "./marketplace-index.ts";

/** Who looks: a company, for one of its divisions or as a whole; null for whoever buys for nobody. */
export type Searcher = { readonly companyId: string; readonly divisionId: string | null } | null;

export type SearchAsk = { readonly marketplaceId: string; readonly searcher: Searcher; readonly search: Search };

/** What the thread is started with. */
export type ThreadData = { readonly databaseUrl: string; readonly pollMs: number };

export type ToThread =
  | { readonly kind: "ask"; readonly id: number; readonly ask: SearchAsk }
  | { readonly kind: "stop" };

export type FromThread =
  | { readonly kind: "page"; readonly id: number; readonly page: CatalogPage | null }
  | { readonly kind: "failed"; readonly id: number; readonly message: string }
  /** Something went wrong that no caller waits for. */
  | { readonly kind: "trouble"; readonly message: string };

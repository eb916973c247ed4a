import type { CatalogueSearchQuery } from "@kontor/sdk";

export const sorts = ["relevance", "price_ascending", "price_descending", "name", "newest"] as const;
export type Sort = (typeof sorts)[number];

/** What the list shows, as it stands in the address; what is not chosen is left out of it. */
export type CatalogueSearch = {
  readonly q?: string;
  /** `<facet>=<value>`. */
  readonly where?: readonly string[];
  /** `<scheme>=<code>` of the chosen class. */
  readonly in?: string;
  /** Days until delivery at most. */
  readonly within?: number;
  readonly sort?: Sort;
};

const choicesMax = 50;
const choicePattern = /^(brand|vendor|condition|region|attribute:[^=]+)=.+$/u;
const classPattern = /^[a-z][a-z0-9_-]*=[A-Za-z0-9][A-Za-z0-9._-]*$/;
const daysMax = 3_650;

/** Reads an address, whoever wrote it: what makes no sense is as if it were not there. */
export function readCatalogueSearch(given: Readonly<Record<string, unknown>>): CatalogueSearch {
  const { q, where, within } = given;
  const chosen = (Array.isArray(where) ? where : [where]).filter(isChoice).slice(0, choicesMax);
  const sort = sorts.find((name) => name === given["sort"]);
  const isWithin = typeof within === "number" && Number.isInteger(within) && within >= 0 && within <= daysMax;
  return {
    ...textOf("q", q === undefined ? undefined : String(q).slice(0, 200)),
    ...(chosen.length === 0 ? {} : { where: [...new Set(chosen)] }),
    ...(typeof given["in"] === "string" && classPattern.test(given["in"]) ? { in: given["in"] } : {}),
    ...(isWithin ? { within } : {}),
    ...(sort === undefined || sort === "relevance" ? {} : { sort }),
  };
}

export type Asked = {
  readonly search: CatalogueSearch;
  readonly language: string;
  /** The scheme of which the tree of classes is. */
  readonly scheme: string | undefined;
  /** Names of attributes to count by. */
  readonly attributes: readonly string[];
};

/** The question to the server that stands for an address. */
export function queryOf({ search, language, scheme, attributes }: Asked): CatalogueSearchQuery {
  const { q, where = [], in: inClass, within, sort } = search;
  const filters = inClass === undefined ? where : [...where, `class:${inClass}`];
  const chosen = where.map(facetOf).filter((name) => name.startsWith("attribute:"));
  const counted = new Set([
    "brand",
    "vendor",
    "condition",
    ...attributes.map((name) => `attribute:${name}`),
    ...chosen,
  ]);
  const tree = scheme === undefined ? {} : { under: [`class:${inClass ?? scheme}`] };
  if (scheme !== undefined) counted.add(`class:${scheme}`);
  return {
    language,
    limit: 25,
    top: 12,
    facet: [...counted].slice(0, choicesMax),
    ...tree,
    ...(q === undefined ? {} : { q }),
    ...(filters.length === 0 ? {} : { where: filters }),
    ...(within === undefined ? {} : { range: [`lead_time=..${within}`] }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** The same list with a value of a facet chosen, or no more. */
export function toggled(search: CatalogueSearch, choice: string): CatalogueSearch {
  const { where = [], ...rest } = search;
  const left = where.includes(choice) ? where.filter((one) => one !== choice) : [...where, choice];
  return left.length === 0 ? rest : { ...rest, where: left };
}

/** Words alone: every filter is taken off, the order stays. */
export function withoutFilters({ q, sort }: CatalogueSearch): CatalogueSearch {
  return { ...textOf("q", q), ...(sort === undefined ? {} : { sort }) };
}

export function filterCount({ where = [], in: inClass, within }: CatalogueSearch): number {
  return where.length + (inClass === undefined ? 0 : 1) + (within === undefined ? 0 : 1);
}

function facetOf(choice: string): string {
  return choice.slice(0, choice.indexOf("="));
}

function isChoice(given: unknown): given is string {
  return typeof given === "string" && given.length <= 330 && choicePattern.test(given);
}

function textOf(name: "q", text: string | undefined): { readonly q?: string } {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? {} : { [name]: trimmed };
}

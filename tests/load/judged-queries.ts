import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ClassNode, ProductDocument } from "@kontor/catalog";
import { readCsv } from "../replay/records.ts";

/** Products of one source with queries that people judged. */
export type JudgedSet = {
  readonly name: string;
  readonly products: readonly ProductDocument[];
  readonly classes: readonly ClassNode[];
  readonly queries: readonly JudgedQuery[];
  /** From this gain on a product belongs to what should be found. */
  readonly relevantFrom: number;
};

/** Gains by product id; what nobody judged gains nothing. */
export type JudgedQuery = { readonly query: string; readonly gains: ReadonlyMap<string, number> };

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

/** Office and IT products; ratings 0 to 3. */
export function icecatSet(folder: string): JudgedSet {
  const products = rowsOf(join(folder, "icecat-it-office/products.ndjson.gz")).map((row): ProductDocument => {
    const attributes = Object.entries(row)
      .filter(([name]) => name.startsWith("attr_t_"))
      .map(([name, value]) => ({ attribute: name.slice("attr_t_".length), value: text(value), language: "en" }));
    const numbers = [text(row["name"]), text(row["attr_t_oem_code"])].filter((number) => number !== "");
    return {
      id: text(row["id"]),
      texts: [{ language: "en", title: text(row["title"]), description: text(row["short_description"]) }],
      brand: text(row["supplier"]) || null,
      partNumbers: numbers,
      attributes,
      classes: [],
      createdAt: 0,
    };
  });
  const queries = queriesOf(join(folder, "icecat-it-office/judgments.dev.csv"), (rating) => 2 ** Number(rating) - 1);
  return { name: "icecat-it-office", products, classes: [], queries, relevantFrom: 1 };
}

/** Consumer products; exact, substitute, complement, irrelevant. */
export function esciSet(folder: string): JudgedSet {
  const gains: Readonly<Record<string, number>> = { E: 1, S: 0.1, C: 0.01, I: 0 };
  const nodes = new Map<string, ClassNode>();
  const products = rowsOf(join(folder, "esci-us/products.ndjson.gz")).map((row): ProductDocument => {
    const color = text(row["color"]);
    const code = placeIn(nodes, texts(row["category"]));
    return {
      id: text(row["asin"]),
      texts: [
        {
          language: "en",
          title: text(row["title"]),
          description: `${text(row["bullet_points"])} ${text(row["description"])}`,
        },
      ],
      brand: text(row["brand"]) || null,
      partNumbers: [],
      attributes: color === "" ? [] : [{ attribute: "color", value: color, language: "en" }],
      classes: code === null ? [] : [{ scheme: "esci", code }],
      createdAt: 0,
    };
  });
  const queries = queriesOf(join(folder, "esci-us/judgments.dev.csv"), (rating) => gains[rating] ?? 0);
  return { name: "esci-us", products, classes: [...nodes.values()], queries, relevantFrom: 1 };
}

/** The node of a path of names, made with all above it. */
function placeIn(nodes: Map<string, ClassNode>, path: readonly string[]): string | null {
  let parent: string | null = null;
  for (const name of path) {
    const code: string = parent === null ? name : `${parent} > ${name}`;
    if (!nodes.has(code)) nodes.set(code, { scheme: "esci", code, parent, names: [{ language: "en", name }] });
    parent = code;
  }
  return parent;
}

function rowsOf(path: string): Row[] {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}

function queriesOf(path: string, gainOf: (rating: string) => number): JudgedQuery[] {
  const byQuery = new Map<string, Map<string, number>>();
  for (const { query = "", product_id: id = "", rating = "" } of readCsv(path)) {
    const gains = byQuery.get(query) ?? new Map<string, number>();
    byQuery.set(query, gains.set(id, gainOf(rating)));
  }
  return [...byQuery].map(([query, gains]) => ({ query, gains }));
}

/** Discounted gain of the first ten against the best that the judgments allow; null when nothing gains. */
export function ndcgAt10(found: readonly string[], { gains }: JudgedQuery): number | null {
  const discounted = (list: readonly number[]): number =>
    list.slice(0, 10).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
  const best = discounted([...gains.values()].sort((left, right) => right - left));
  return best === 0 ? null : discounted(found.map((id) => gains.get(id) ?? 0)) / best;
}

/** The share of the relevant products among the first hundred; null when there is none. */
export function recallAt100(found: readonly string[], { gains }: JudgedQuery, relevantFrom: number): number | null {
  const relevant = [...gains].filter(([, gain]) => gain >= relevantFrom).map(([id]) => id);
  const first = new Set(found.slice(0, 100));
  return relevant.length === 0 ? null : relevant.filter((id) => first.has(id)).length / relevant.length;
}

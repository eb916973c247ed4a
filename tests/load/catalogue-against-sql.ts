import type { CatalogPage, PriceChain } from "@kontor/catalog";
import { connect } from "@kontor/db";
import { openBenchDatabase } from "./bench-database.ts";
import type { SearchLoad } from "./catalogue-search.ts";
import { filled, queryOf, questions, wordsIn } from "./catalogue-search.ts";
import type { SqlPage, SqlQuestion } from "./catalogue-sql.ts";
import { askTables, fillTables } from "./catalogue-sql.ts";
import { percentile, print } from "./figures.ts";
import { syntheticCatalogue } from "./synthetic-catalogue.ts";

const bench = "catalog";

/**
 * The same questions to the same catalogue in tables of Postgres, with full text, trigrams and indexes: how many times as
 * long it takes for the same page. Fewer offers, for a million take it minutes.
 *
 * @throws Error where the two find different things
 */
export async function compareWithSql(load: SearchLoad): Promise<void> {
  const catalogue = syntheticCatalogue(load);
  await using database = await openBenchDatabase();
  const connection = connect(database.url, { max: 1 });
  try {
    const { sql } = connection;
    await sql`set work_mem = '256MB'`;
    await sql`set jit = off`;
    await fillTables(connection, catalogue);
    const search = filled(catalogue);
    for (const { text, values } of questions(catalogue)) {
      const [own, tables]: number[][] = [[], []];
      let hits = 0;
      for (let buyer = 0; buyer < load.queries; buyer++) {
        let started = performance.now();
        const page = search.search(queryOf(search, catalogue, { text, buyer, values }));
        own?.push(performance.now() - started);
        started = performance.now();
        const found = await askTables(connection, { text, values, lists: listsOf(catalogue.chainOf(buyer)) });
        tables?.push(performance.now() - started);
        requireSame(page, found, text);
        hits = page.total;
      }
      const [fast, slow] = [percentile(own ?? [], 50), percentile(tables ?? [], 50)];
      const details = {
        ours: fast,
        sql: slow,
        hits,
        words: wordsIn(text),
        filters: values.length,
        offers: load.offers,
      };
      print({ bench, figure: "sql_full_text_ratio", unit: "times_as_long", value: slow / fast, ...details });
    }
  } finally {
    await connection.close();
  }
}

function listsOf(chain: PriceChain): SqlQuestion["lists"] {
  const [contract, groups] = chain.map((step) => step.map(({ list }) => list));
  return { contract: contract?.[0] ?? "", groups: groups ?? [] };
}

/** What is mistyped may be taken for another word by the two. */
function requireSame(page: CatalogPage, found: SqlPage, text: string): void {
  if (text.endsWith("q")) return;
  // What is selected is always among ours, be it rare.
  const counts = page.facets.map((facet) =>
    facet.kind === "values" ? facet.values.map(({ count }) => count).slice(0, 20) : [],
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  const own = [page.total, sum(counts.flat()), ...page.hits.map(({ fromPrice }) => fromPrice)];
  const other = [found.total, sum(found.counts), ...found.prices];
  if (JSON.stringify(own) !== JSON.stringify(other)) {
    throw new Error(`"${text}": the index found ${JSON.stringify(own)}, the tables ${JSON.stringify(other)}`);
  }
}

import type { World } from "./given-world.ts";

const tables = {
  tenders: "id",
  lots: "id",
  lot_bidders: "lot_id, company_id",
  bids: "id",
  initial_prices: "lot_id, company_id",
  tender_suppliers: "tender_id, company_id",
  questions: "id",
  awards: "id",
  contracts: "id",
  notices: "id",
  instruments: "id",
  orders: "id",
  fills: "id",
  trades: "id",
  candles: "instrument_id, interval, start",
  instrument_days: "instrument_id, day",
  outcome_places: "key_id",
  projection_cursors: "projection, shard",
} as const;

export type Table = keyof typeof tables;

/** All rows that projections write, in the order of their keys. */
export async function dump({ connection }: World): Promise<Readonly<Record<Table, readonly object[]>>> {
  const names = Object.keys(tables) as Table[];
  const rows = await Promise.all(names.map((table) => rowsOf(connection, table)));
  return Object.fromEntries(names.map((name, index) => [name, rows[index]])) as Record<Table, object[]>;
}

async function rowsOf({ sql }: World["connection"], table: Table): Promise<object[]> {
  return [...(await sql.unsafe(`select to_jsonb(t) as row from ${table} t order by ${tables[table]}`))].map(
    ({ row }) => row,
  );
}

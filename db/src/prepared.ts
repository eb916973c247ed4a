import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { Database } from "./connect.ts";

const dialect = new PgDialect();

/**
 * Runs a statement that each connection prepares once and keeps: one round trip, and no parsing or planning again. For
 * statements that are asked for all the time and whose text never changes; the query builder's own `execute` takes two
 * round trips each time, one to learn the types of the parameters.
 */
export async function runPrepared<Row>(db: Database, statement: SQL): Promise<readonly Row[]> {
  const query = db._.session.prepareQuery(dialect.sqlToQuery(statement), undefined, "kept", false);
  return (await query.execute()) as readonly Row[];
}

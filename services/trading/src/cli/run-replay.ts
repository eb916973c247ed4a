import { parseArgs } from "node:util";
import type { JournalStore, ShardHead } from "@kontor/db";
import { connect, createCompanyRepository, createJournalStore } from "@kontor/db";
import { shardOfPart, systemActor } from "@kontor/kernel";
import { readEnvironment } from "../config.ts";
import { mechanisms } from "../mechanisms.ts";
import type { Difference } from "../re-decide.ts";
import { reDecide } from "../re-decide.ts";
import { createOutcomes, outcomeLine, plural } from "./lot-outcomes.ts";
import { openReplayDatabase } from "./replay-database.ts";

const names = [...mechanisms.keys()];
const usage = `Decides every journaled command again and compares events, rejections and the hash chain; prints what became of each lot.

  npm run replay                        the whole journal of the installation in ./.kontor
  npm run replay -- --lot <id>          the journal that holds one lot, and that lot's outcome alone
${names.map((name) => `  npm run replay -- --${`${name} <id>`.padEnd(17)} one ${name}`).join("\n")}

  --verify                              compares the newest snapshot of each with the replayed state too
  --database-url <url>                  another database (or DATABASE_URL)

Ends with 1 when anything differs.`;

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const options = {
  verify: flag,
  help: flag,
  lot: text,
  "database-url": text,
  ...(Object.fromEntries(names.map((name) => [name, text])) as Record<string, typeof text>),
};

/** Names of companies by id. */
type Naming = (companyIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
type Wanted = { readonly shard: string | undefined; readonly lot: string | undefined; readonly verify: boolean };
type Sources = {
  readonly journal: JournalStore;
  readonly names: Naming;
  readonly say: (line: string) => void;
};
type Sum = { shards: number; entries: number; events: number; differences: number };

/**
 * Answers the exit code: 0 when journal and replay agree, 1 when they differ, 2 when there is nothing to compare.
 *
 * @throws Error with a sentence for the operator
 */
export async function runReplay(args: readonly string[], say: (line: string) => void): Promise<number> {
  const values = valuesIn(args);
  if (typeof values === "string") {
    say(`${values}\n\n${usage}`);
    return 2;
  }
  if (values["help"] === true) {
    say(usage);
    return 0;
  }
  const asText = (name: string) => (typeof values[name] === "string" ? values[name] : undefined);
  const lot = asText("lot");
  const named = names.map(asText).find((id) => id !== undefined);
  const shard = lot === undefined ? named : (shardOfPart(lot) ?? lot);
  const environment = readEnvironment();
  const url = asText("database-url") ?? environment.databaseUrl;
  const database =
    url === undefined ? await openReplayDatabase(environment.dataFolder) : { url, release: () => Promise.resolve() };
  const journal = createJournalStore({ url: database.url });
  const connection = connect(database.url, { max: 1, applicationName: "kontor-replay" });
  const companies = createCompanyRepository(connection.db);
  const nameThem: Naming = (companyIds) => companies.names(systemActor, companyIds);
  try {
    return await replayJournal({ journal, names: nameThem, say }, { shard, lot, verify: values["verify"] === true });
  } finally {
    await Promise.all([journal.close(), connection.close()]);
    await database.release();
  }
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** A sentence for arguments that the usage does not know; Node adds hints to it that lead elsewhere. */
function valuesIn(args: readonly string[]): Values | string {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const [fault = ""] = (error as Error).message.split(/\.\s|\.?\n/);
    return `${fault}.`;
  }
}

async function replayJournal(sources: Sources, wanted: Wanted): Promise<number> {
  const { journal, say } = sources;
  const heads = wanted.shard ? [...(await journal.heads([wanted.shard])).values()] : await journal.listShards();
  if (wanted.shard !== undefined && heads.length === 0) {
    say(`The journal knows no ${wanted.shard}.`);
    return 2;
  }
  const sum: Sum = { shards: 0, entries: 0, events: 0, differences: 0 };
  for (const head of heads) if (head.headSeq > 0) await replayShard(sources, { head, wanted, sum });
  const counted = `${plural(sum.shards, "journal")}, ${plural(sum.entries, "entry")}, ${plural(sum.events, "event")}`;
  const verdict = sum.differences === 0 ? "journal and replay agree" : plural(sum.differences, "difference");
  say(`${counted}: ${verdict}`);
  return sum.differences === 0 ? 0 : 1;
}

type ShardRun = { readonly head: ShardHead; readonly wanted: Wanted; readonly sum: Sum };

async function replayShard({ journal, names, say }: Sources, { head, wanted, sum }: ShardRun): Promise<void> {
  const mechanism = mechanisms.get(head.mechanism);
  const outcomes = createOutcomes();
  const result = mechanism
    ? await reDecide({ journal, mechanism, head, withSnapshot: wanted.verify, onEvent: outcomes.take })
    : { entries: 0, events: 0, differences: [unknownMechanism(head)] };
  const lots = outcomes.lots().filter(({ lotId }) => wanted.lot === undefined || lotId === wanted.lot);
  say(`${head.shard}  ${outcomes.title()}`);
  const companyIds = lots.flatMap(({ companyId }) => companyId ?? []);
  const known = await names(companyIds);
  for (const lot of lots) say(outcomeLine(lot, known));
  for (const difference of result.differences) say(differenceLines(difference));
  sum.shards++;
  sum.entries += result.entries;
  sum.events += result.events;
  sum.differences += result.differences.length;
}

function unknownMechanism({ shard, mechanism }: ShardHead): Difference {
  return { shard, seq: 0, what: `this release has no mechanism "${mechanism}"` };
}

function differenceLines({ seq, what, journaled, decided }: Difference): string {
  const shown = journaled === undefined ? "" : `\n      journal: ${journaled}\n      replay:  ${decided}`;
  return `  DIFFERENCE at ${seq}: ${what}${shown}`;
}

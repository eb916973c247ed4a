import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { processEnvironment } from "../config.ts";
import { grouped } from "../lot/lines.ts";
import { recordSets } from "../replay/record-sets.ts";
import type { RecordedEnd, RecordSet } from "../replay/recorded-auction.ts";
import { runReplay } from "../replay/run-replay.ts";
import { explainFailure } from "./explain-failure.ts";

const usage = `Plays a recorded auction through the whole of Kontor and compares how it ends.

  npm run demo:replay -- <set> <auction> [--speed 20000]
  npm run demo:replay -- <set>             its auctions

  Sets: ${recordSets.map(({ name }) => name).join(", ")}

  KONTOR_REPLAY_DATA is the folder whose auctions/ holds the records.`;

const options = { speed: { type: "string" }, help: { type: "boolean", default: false } } as const;

/** Answers the exit code: 0 when the replay ends as recorded, 1 when it differs or the records are not there. */
async function demoReplay(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [setName, auction] = positionals;
  const set = recordSets.find(({ name }) => name === setName);
  const speed = values.speed === undefined ? undefined : Number(values.speed);
  if (values.help || setName === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  if (set === undefined) return misused(`There is no set "${setName}".`);
  if (speed !== undefined && !(speed > 0)) return misused("--speed is a number above 0.");
  const folder = join(resolve(processEnvironment()["KONTOR_REPLAY_DATA"] ?? "../shared/data"), "auctions");
  const known = await set.list(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (known === null) {
    console.log(`No records in ${folder}. Set KONTOR_REPLAY_DATA to the folder that holds auctions/${set.name}.`);
    return 1;
  }
  if (auction === undefined) {
    for (const id of known) console.log(id);
    return 0;
  }
  return await replay(set, { folder, auction, ...(speed === undefined ? {} : { speed }) });
}

function misused(fault: string): number {
  console.log(`${fault}\n\n${usage}`);
  return 2;
}

type Order = { readonly folder: string; readonly auction: string; readonly speed?: number };

async function replay(set: RecordSet, { folder, auction, ...rest }: Order): Promise<number> {
  const record = await set.load(folder, auction);
  if (record === null) {
    console.log(`${set.name} has no auction ${auction}. List them: npm run demo:replay -- ${set.name}`);
    return 1;
  }
  console.log(`${record.title}: ${record.bids.length} recorded bids`);
  const outcome = await runReplay({ record, say: (line) => console.log(line), ...rest });
  const { currency } = record.rules;
  console.log(`Recorded end  ${endWords(outcome.recorded, currency)}`);
  console.log(`Replayed end  ${endWords(outcome.replayed, currency)}`);
  console.log(outcome.agrees ? "They agree." : "They differ.");
  return outcome.agrees ? 0 : 1;
}

function endWords({ bidder, price }: RecordedEnd, currency: string): string {
  return bidder === null || price === null ? "nobody" : `${bidder} at ${grouped(price)} ${currency}`;
}

try {
  process.exitCode = await demoReplay(process.argv.slice(2));
} catch (error) {
  const { lines, exitCode } = explainFailure(error, usage);
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}

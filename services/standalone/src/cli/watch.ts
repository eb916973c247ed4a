import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Problem } from "@kontor/protocol";
import { LotId } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { createKontor, ProblemError } from "@kontor/sdk";
import { processEnvironment, usualPort } from "../config.ts";
import { readRunningNote } from "../data-folder.ts";
import { demoCompany, demoPassword } from "../demo/companies.ts";
import { showEveryMs } from "../demo/show.ts";
import { dayAndTime, grouped } from "../lot/lines.ts";
import { instrumentNamed, listedInstruments } from "../watch/find-instrument.ts";
import { liveLots, nextLiveLot } from "../watch/find-lot.ts";
import { watchInLines } from "../watch/line-mode.ts";
import { watchOnScreen } from "../watch/screen-mode.ts";
import { watchBookInLines, watchBookOnScreen } from "../watch/watch-book.ts";
import { explainFailure, problemWords } from "./explain-failure.ts";

const usage = `Shows one lot or one market live and lets you bid or trade in it.

  npm run watch                       the live lot of this moment, as the demo's supplier
  npm run watch -- <lot>              one lot
  npm run watch -- <instrument>       one market, by its id or a word of its title: wheat
  npm run watch -- --list             lots that are live or planned, and instruments

  --email, --password, --api-key      who you are (or KONTOR_EMAIL, KONTOR_PASSWORD, KONTOR_API_KEY)
  --url                               where Kontor runs (or KONTOR_URL; else the one running here)`;

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
const options = { email: text, password: text, "api-key": text, url: text, list: flag, help: flag };

/** Answers the exit code. */
async function watch(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const environment = processEnvironment();
  const baseUrl = values.url ?? environment["KONTOR_URL"] ?? (await localUrl(environment["KONTOR_DATA"]));
  const client = createKontor({
    baseUrl,
    credentials: credentialsOf(values, environment),
    retry: { deadlineMs: 3_000 },
  });
  const entered = await client.me.read();
  if (!entered.ok) {
    console.log(refusalWords(entered.problem, baseUrl));
    return 1;
  }
  if (values.list) return await list(client);
  const often = isDemoPerson(values, environment) ? ` The demo opens one every ${showEveryMs / 60_000} minutes.` : "";
  const waiting = (): void => console.log(`No lot is live now; waiting for the next one.${often} Ctrl-C leaves.`);
  const [named] = positionals;
  if (named !== undefined && !LotId.safeParse(named).success) return await followMarket(client, named);
  return await follow(client, named ?? (await nextLiveLot(client, waiting)));
}

/** Answers the exit code. */
async function follow(client: Kontor, lotId: string): Promise<number> {
  const live = client.live();
  try {
    const { stdin: input, stdout: output } = process;
    if (input.isTTY && output.isTTY) await watchOnScreen({ live, lotId, input, output });
    else await watchInLines({ live, lotId, say: (line) => console.log(line) });
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError) || !["not_found", "request_invalid"].includes(error.problem.code)) throw error;
    console.log(`There is no lot ${lotId} for this login. List those that are: npm run watch -- --list`);
    return 1;
  } finally {
    live.close();
  }
}

/** Answers the exit code. */
async function followMarket(client: Kontor, name: string): Promise<number> {
  const instrument = instrumentNamed(await listedInstruments(client), name);
  if (instrument === null) {
    console.log(`There is no instrument "${name}" for this login. List those that are: npm run watch -- --list`);
    return 1;
  }
  const live = client.live();
  const watched = { live, instrumentId: instrument.instrumentId };
  try {
    const { stdin: input, stdout: output } = process;
    if (input.isTTY && output.isTTY) await watchBookOnScreen(watched, { input, output });
    else await watchBookInLines(watched, (line) => console.log(line));
    return 0;
  } finally {
    live.close();
  }
}

function refusalWords(problem: Problem, baseUrl: string): string {
  const { code } = problem;
  if (code === "unavailable")
    return `Nothing answers at ${baseUrl}. Start Kontor with npm start, or say where it is: --url`;
  if (code === "unauthenticated")
    return "This login is not known here. Say who you are: --email and --password, or --api-key";
  return `${baseUrl} refuses: ${problemWords(problem)}`;
}

type Values = { readonly email?: string; readonly password?: string; readonly "api-key"?: string };

/** Flags win over the environment; with neither it is the demo's supplier for whom no robot bids. */
function credentialsOf(values: Values, environment: Readonly<Record<string, string | undefined>>) {
  const apiKey = values["api-key"] ?? environment["KONTOR_API_KEY"];
  if (apiKey !== undefined) return { apiKey };
  const email = values.email ?? environment["KONTOR_EMAIL"] ?? demoCompany("meridian").email;
  return { email, password: values.password ?? environment["KONTOR_PASSWORD"] ?? demoPassword };
}

function isDemoPerson(values: Values, environment: Readonly<Record<string, string | undefined>>): boolean {
  const login = credentialsOf(values, environment);
  return "email" in login && login.email === demoCompany("meridian").email;
}

async function localUrl(dataFolder: string | undefined): Promise<string> {
  const running = await readRunningNote(resolve(dataFolder ?? "./.kontor"));
  return running?.url ?? `http://127.0.0.1:${usualPort}`;
}

async function list(client: Kontor): Promise<number> {
  const lots = await liveLots(client);
  if (lots.length === 0) console.log("No lot is live or planned.");
  for (const { lotId, phase, title, opensAt, endsAt } of lots) {
    const time = phase === "scheduled" ? opensAt : endsAt;
    const when =
      time === undefined ? "" : `${phase === "scheduled" ? "opens" : "ends"} ${dayAndTime(Date.parse(time))}`;
    console.log(`${lotId}  ${phase.padEnd(10)}${when.padEnd(28)}${title}`);
  }
  for (const { instrumentId, phase, last, terms } of await listedInstruments(client)) {
    const price = last === undefined ? "" : `last ${grouped(last)} ${terms.currency}`;
    console.log(`${instrumentId}    ${phase.replaceAll("_", " ").padEnd(12)}${price.padEnd(26)}${terms.title}`);
  }
  return 0;
}

try {
  process.exitCode = await watch(process.argv.slice(2));
} catch (error) {
  const { lines, exitCode } = explainFailure(error, usage);
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}

import type { AccountStore } from "@kontor/db/auth";
import type { Kontor } from "@kontor/sdk";
import { ProblemError } from "@kontor/sdk";
import { assembleCast, clientOf, operatorClient } from "./cast.ts";
import { demoCompanies, demoCompany, demoMarketplace } from "./companies.ts";
import { runExchange } from "./exchange/run-exchange.ts";
import { officeMarketplace } from "./office/office-companies.ts";
import { isOfficeSeeded, officeSummary, seedOffice } from "./office/seed-office.ts";
import { isSeeded, seedTenders } from "./seed.ts";
import type { ShowOptions } from "./show.ts";
import { runShow, showOwner } from "./show.ts";
import { demoTenders } from "./tenders.ts";

export type DemoOptions = {
  readonly url: string;
  readonly accounts: Pick<AccountStore, "makeInstallationAdmin">;
  readonly say: (...lines: readonly string[]) => void;
  readonly log: { readonly error: (data: object, message: string) => void };
  /** Without the live auction and the exchange; for tests of what is seeded. */
  readonly quiet?: boolean;
  /** False leaves the office and workshop marketplace out; for tests of the rest. */
  readonly office?: boolean;
};

export type Demo = {
  /** Resolves when tenders and catalogue stand where they shall; rejects when they could not be brought there. */
  readonly seeded: Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Seeds the demonstration where that is still to be done, and runs the live auction and the exchange beside it. */
export function runDemo(options: DemoOptions): Demo {
  const { url, say, log } = options;
  const abort = new AbortController();
  const { signal } = abort;
  const clients = new Map(demoCompanies.map((company) => [company.key, clientOf(url, company)]));
  const client = (key: string): Kontor => clients.get(key) ?? clientOf(url, demoCompany(key));
  const entered = enter(options, client, signal);
  const seeded = entered.then(({ seeding }) => seeding);
  const marketplace = entered.then(
    (known) => known.marketplaceId,
    () => null,
  );
  const live = async (run: (stage: ShowOptions) => Promise<void>): Promise<void> => {
    const marketplaceId = await marketplace;
    if (marketplaceId === null || options.quiet === true) return;
    await run({ marketplaceId, client, say, signal, random: Math.random });
  };
  const failed =
    (what: string) =>
    (error: unknown): void => {
      if (!signal.aborted) log.error({ err: error }, what);
    };
  const ends = [
    seeded.catch(failed("the demo could not be seeded")),
    live(runShow).catch(failed("the live auction of the demo ended")),
    live((stage) => runExchange({ ...stage, operator: operatorClient(url) })).catch(
      failed("the exchange of the demo ended"),
    ),
  ];
  return {
    seeded,
    stop: async () => {
      abort.abort();
      await Promise.all(ends);
    },
  };
}

type Entered = { readonly marketplaceId: string; readonly seeding: Promise<void> };

/** Finds the marketplace of an earlier start, or makes everything; the tenders follow while the show may begin. */
async function enter(options: DemoOptions, client: (key: string) => Kontor, signal: AbortSignal): Promise<Entered> {
  const { say } = options;
  const known = await marketplaceOf(client(showOwner));
  if (known !== null && (await isSeeded(client(showOwner), known))) {
    return { marketplaceId: known, seeding: fillOffice(options, signal) };
  }
  say(
    `Seeding the demo: ${demoCompanies.length} companies and ${demoTenders.length} tenders. Everything works meanwhile.`,
  );
  const cast = await assembleCast({ ...options, signal });
  const seeding = Promise.all([seedTenders(cast, signal), fillOffice(options, signal)]).then(() => {
    say(`The demo is complete: see ${demoMarketplace.name} under ${options.url}/docs or with the SDK.`);
  });
  return { marketplaceId: cast.marketplaceId, seeding };
}

async function fillOffice(options: DemoOptions, signal: AbortSignal): Promise<void> {
  if (options.office === false || (await isOfficeSeeded({ ...options, signal }))) return;
  options.say(`${officeMarketplace.name} is being filled: ${officeSummary}.`);
  const startedAt = performance.now();
  await seedOffice({ ...options, signal });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  options.say(`${officeMarketplace.name} is filled after ${seconds} s. See packages/docs/first-order.md.`);
}

/** Null when nobody knows the company yet. */
async function marketplaceOf(client: Kontor): Promise<string | null> {
  const me = await client.me.read();
  if (!me.ok && me.problem.code === "unauthenticated") return null;
  if (!me.ok) throw new ProblemError(me.problem);
  const [company] = me.value.companies;
  return company?.participations.find(({ status }) => status === "approved")?.marketplaceId ?? null;
}

import type { TenderSummary } from "@kontor/protocol";
import { createKontor, requireValue } from "@kontor/sdk";
import { expect, test, vi } from "vitest";
import type { Standalone } from "../src/create-standalone.ts";
import { clientOf } from "../src/demo/cast.ts";
import { demoCompanies, demoCompany, demoMarketplace, demoOperator, demoPassword } from "../src/demo/companies.ts";
import { runDemo } from "../src/demo/run-demo.ts";
import { demoTenders } from "../src/demo/tenders.ts";
import { createGround } from "./installation.ts";

const seedingMs = 120_000;
/** What goes wrong reaches the test by `seeded`. */
const log = { error: () => {} };

async function seed(standalone: Standalone): Promise<readonly string[]> {
  const said: string[] = [];
  const { url, accounts } = standalone;
  const demo = runDemo({ url, accounts, say: (...lines) => said.push(...lines), log, quiet: true, office: false });
  await demo.seeded;
  await demo.stop();
  return said;
}

/** Every tender that its own company sees, by reference. */
async function seededTenders(url: string): Promise<ReadonlyMap<string, TenderSummary>> {
  const found = new Map<string, TenderSummary>();
  for (const owner of new Set(demoTenders.map((tender) => tender.owner))) {
    const client = clientOf(url, demoCompany(owner));
    const me = requireValue(await client.me.read());
    const marketplaceId = me.companies[0]?.participations[0]?.marketplaceId ?? "";
    for await (const tender of client.tenders.list(marketplaceId, { owner: "me" })) {
      if (tender.phase !== "cancelled" || !found.has(tender.reference)) found.set(tender.reference, tender);
    }
  }
  return found;
}

/** The same once the read models have heard of the last decision. */
async function settledTenders(url: string): Promise<ReadonlyMap<string, TenderSummary>> {
  return await vi.waitFor(
    async () => {
      const tenders = await seededTenders(url);
      for (const { reference, settled } of demoTenders) expect(settled).toContain(tenders.get(reference)?.phase);
      return tenders;
    },
    { timeout: 20_000, interval: 100 },
  );
}

test("a first start seeds companies and tenders in their states, a second one nothing", {
  timeout: seedingMs,
}, async () => {
  await using ground = await createGround();
  const standalone = await ground.start();
  expect((await seed(standalone)).join("\n")).toContain("12 companies and 8 tenders");

  const operator = createKontor({
    baseUrl: standalone.url,
    credentials: { email: demoOperator.email, password: demoPassword },
  });
  const [marketplace] = await operator.marketplaces.list().all();
  expect(marketplace).toMatchObject(demoMarketplace);
  const directory = await operator.marketplaces.directory(marketplace?.marketplaceId ?? "").all();
  expect(directory.map(({ name }) => name).sort()).toEqual(demoCompanies.map(({ name }) => name).sort());

  const tenders = await settledTenders(standalone.url);
  expect([...tenders.keys()].sort()).toEqual(demoTenders.map(({ reference }) => reference));
  await expectWheat(standalone.url, tenders.get("DEMO-2")?.tenderId ?? "");
  await expectContract(standalone.url, tenders.get("DEMO-7")?.tenderId ?? "");

  expect(await seed(standalone)).toEqual([]);
  expect(await seededTenders(standalone.url)).toEqual(tenders);
  await standalone.stop();
});

async function expectWheat(url: string, tenderId: string): Promise<void> {
  const questions = await clientOf(url, demoCompany("alfoeld")).tenders.questions(tenderId).all();
  expect(questions.map(({ answer }) => answer !== undefined)).toEqual([true]);
  const { view } = requireValue(await clientOf(url, demoCompany("molinara")).tenders.get(tenderId));
  expect(Object.keys(view.questions)).toHaveLength(2);
  expect(view.phase).toBe("enquiries");
}

async function expectContract(url: string, tenderId: string): Promise<void> {
  const [contract] = await clientOf(url, demoCompany("kartonal")).lots.contracts(`${tenderId}-1`).all();
  expect(contract).toMatchObject({ price: "13.65", currency: "EUR", status: "open" });
  expect(contract?.signedByOwnerAt).toBeDefined();
}

test("a start that was cut off is done again without doubles", { timeout: seedingMs }, async () => {
  await using ground = await createGround();
  const standalone = await ground.start();
  const { url, accounts } = standalone;
  const told = Promise.withResolvers<void>();
  const demo = runDemo({ url, accounts, say: () => told.resolve(), log, quiet: true, office: false });
  demo.seeded.catch(() => {});
  await told.promise;
  await demo.stop();

  await seed(standalone);
  await settledTenders(url);
  await standalone.stop();
});

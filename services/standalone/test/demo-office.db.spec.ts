import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { expect, test, vi } from "vitest";
import type { Standalone } from "../src/create-standalone.ts";
import { demoOperator, demoPassword } from "../src/demo/companies.ts";
import { officeMarketplace, officePerson } from "../src/demo/office/office-companies.ts";
import { repeatableClient } from "../src/demo/office/repeatable-client.ts";
import { officeCounts } from "../src/demo/office/seed-catalogue.ts";
import { isOfficeSeeded, seedOffice } from "../src/demo/office/seed-office.ts";
import { createGround } from "./installation.ts";

const seedingMs = 600_000;
const { signal } = new AbortController();

const clientOf = ({ url }: Standalone, email: string): Kontor =>
  repeatableClient({ url, signal }, { email, password: demoPassword });

test("the office marketplace is filled once, and the steps of the first order lead to a confirmed order", {
  timeout: seedingMs,
}, async () => {
  await using ground = await createGround();
  const standalone = await ground.start();
  const options = { url: standalone.url, accounts: standalone.accounts, signal };
  expect(await isOfficeSeeded(options)).toBe(false);
  await seedOffice(options);
  expect(await isOfficeSeeded(options)).toBe(true);
  await expectBusiness(standalone);
  await expectSteps(standalone);
  await standalone.stop();
});

async function expectBusiness(standalone: Standalone): Promise<void> {
  const operator = clientOf(standalone, demoOperator.email);
  const market = (await operator.marketplaces.list().all()).find(({ slug }) => slug === officeMarketplace.slug);
  const marketplaceId = market?.marketplaceId ?? "";
  const products = await operator.products.list(marketplaceId, { status: "active", limit: 100 }).all();
  expect(products).toHaveLength(officeCounts.products);
  const offers = await operator.offers.list(marketplaceId, { status: "active", limit: 100 }).all();
  expect(offers).toHaveLength(officeCounts.offers);
  expect(await operator.offers.list(marketplaceId, { status: "proposed" }).all()).toHaveLength(1);
  const timo = clientOf(standalone, officePerson("feldmark", "Timo").email);
  const orders = await timo.buying.orders.list(marketplaceId).all();
  const states = orders.map(({ buyerNumber, state }) => `${buyerNumber} ${state}`).sort();
  expect(states).toEqual(["FA-2601 confirmed", "FA-2602 answered", "FA-2603 awaiting_approval"]);
  const ida = clientOf(standalone, officePerson("havnegade", "Ida").email);
  const [request] = await ida.quotes.requests(marketplaceId).all();
  const comparison = await ida.quotes.compare({ marketplaceId, requestId: request?.requestId ?? "" });
  expect(
    requireValue(comparison)
      .quotes.map(({ rank }) => rank)
      .sort(),
  ).toEqual([1, 2]);
  await vi.waitFor(
    async () => {
      const { total } = requireValue(await timo.search.find(marketplaceId, { q: "spiralbohrer", language: "de" }));
      expect(total).toBeGreaterThanOrEqual(12);
    },
    { timeout: 60_000, interval: 200 },
  );
}

async function expectSteps({ url }: Standalone): Promise<void> {
  const page = await readFile(new URL("../../../packages/docs/first-order.md", import.meta.url), "utf8");
  const steps = page.match(/```bash\n([\s\S]*?)```/)?.[1] ?? "";
  expect(steps).toContain("http://127.0.0.1:3000/v1");
  const script = steps.replace("http://127.0.0.1:3000/v1", `${url}/v1`);
  const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script]);
  expect(stdout).toContain("Sechskantschraube M8 × 40");
  expect(stdout).toContain("Contract RV-26-014");
  expect(stdout).toMatch(/'awaiting_approval'[\s\S]*\nplaced\nconfirmed\n[\s\S]*'confirmed'/);
}

import { createKontor, requireReceipt, requireValue } from "@kontor/sdk";
import { expect, test } from "vitest";
import { readRunningNote } from "../src/data-folder.ts";
import { demoTenders } from "../src/demo/tenders.ts";
import { enrol, openStall } from "../src/enrol.ts";
import { parseStandaloneConfig } from "../src/settings.ts";
import { createGround } from "./installation.ts";

const password = "correct horse battery";

test("an installation answers, tells where it is, refuses a second one and leaves nothing behind", async () => {
  await using ground = await createGround();
  const standalone = await ground.start();
  expect((await fetch(`${standalone.url}/readyz`)).status).toBe(200);
  expect(await standalone.marketplaces()).toEqual([]);
  const { url, databaseUrl } = standalone;
  expect(await readRunningNote(ground.dataFolder)).toEqual({ url, databaseUrl });
  await expect(ground.start()).rejects.toThrow("is running in");
  await standalone.stop();
  await standalone.stop();
  expect(await readRunningNote(ground.dataFolder)).toBeNull();
  await expect(fetch(`${url}/livez`)).rejects.toThrow();
});

test("metrics with a port of their own are there and not on the public one, and end with the installation", async () => {
  await using ground = await createGround();
  const config = parseStandaloneConfig({ KONTOR_METRICS_PORT: "0" });
  if (!config.ok) throw new Error(config.faults.join("; "));
  const standalone = await ground.start({ gateway: config.config.gateway });
  const { url, metricsUrl } = standalone;
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect(await (await fetch(metricsUrl ?? "")).text()).toContain("trading_commands_waiting 0");
  const taken = { host: "127.0.0.1", port: Number(new URL(metricsUrl ?? "").port) };
  await using other = await createGround();
  const gateway = { ...config.config.gateway, metricsListener: taken };
  await expect(other.start({ gateway })).rejects.toThrow("The metrics cannot be served on 127.0.0.1");
  await standalone.stop();
  await expect(fetch(metricsUrl ?? "")).rejects.toThrow();
});

test("a wrong database address is told in a sentence and keeps no lock", async () => {
  await using ground = await createGround();
  const nowhere = "postgres://kontor:kontor@127.0.0.1:1/kontor";
  await expect(ground.start({ databaseUrl: nowhere })).rejects.toThrow("Postgres does not answer");
  await (await ground.start()).stop();
});

test("accounts, sessions and tenders outlast a restart", async () => {
  await using ground = await createGround();
  const first = await ground.start();
  const { url, accounts } = first;
  const operator = { name: "Olga", email: "olga@kontor.example", password };
  const marketplace = { slug: "metals", name: "Metals", currency: "EUR" };
  const stall = await openStall({ url, accounts, operator, marketplace });
  const person = { name: "Bea", email: "bea@kontor.example", password };
  const profile = { legalName: "Bea AG", country: "DE", registrationNo: "", vatId: "", address: "" };
  const { client } = await enrol(stall, { url, person, side: "buyer", profile });
  const tenderId = crypto.randomUUID();
  const [draft] = demoTenders;
  const terms = { ...draft?.terms({ nowMs: Date.now(), patience: 1 }), reference: "R-1" } as never;
  const { marketplaceId } = stall;
  requireReceipt(await client.commands.createTender({ marketplaceId, tenderId, terms }, { key: "the-one-key" }));
  await first.stop();

  const second = await ground.start({ port: Number(new URL(url).port) });
  const again = await client.commands.createTender({ marketplaceId, tenderId, terms }, { key: "the-one-key" });
  expect(requireReceipt(again).seq).toBe(1);
  const { view } = requireValue(await client.tenders.get(tenderId));
  expect(view).toMatchObject({ phase: "draft", reference: "R-1" });
  const fresh = createKontor({ baseUrl: second.url, credentials: { email: person.email, password } });
  expect(requireValue(await fresh.me.read()).companies[0]?.name).toBe("Bea AG");
  expect(await second.marketplaces()).toEqual(["metals"]);
  await second.stop();
});

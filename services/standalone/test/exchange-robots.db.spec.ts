import { createKontor } from "@kontor/sdk";
import { expect, test } from "vitest";
import { assembleCast } from "../src/demo/cast.ts";
import { demoOperator, demoPassword } from "../src/demo/companies.ts";
import { demoInstruments } from "../src/demo/exchange/demo-instruments.ts";
import { demoInstrumentId, foundInstrument } from "../src/demo/exchange/found-instruments.ts";
import { runExchange } from "../src/demo/exchange/run-exchange.ts";
import { createGround } from "./installation.ts";

test("three instruments open with a call, makers quote both sides and takers trade", { timeout: 90_000 }, async () => {
  await using ground = await createGround();
  const standalone = await ground.start({});
  const { url, accounts } = standalone;
  const abort = new AbortController();
  const { signal } = abort;
  const { marketplaceId, player } = await assembleCast({ url, accounts, signal });
  const operator = createKontor({
    baseUrl: url,
    credentials: { email: demoOperator.email, password: demoPassword },
  });
  for (const instrument of demoInstruments) await foundInstrument(operator, marketplaceId, instrument);
  const said: string[] = [];
  const client = (key: string) => player(key).client;
  const say = (line: string): void => void said.push(line);
  const running = runExchange({
    marketplaceId,
    operator,
    client,
    say,
    signal,
    random: Math.random,
    openingCallMs: 500,
  });
  const ended = running.catch((error: Error) => error.name);
  const watching = client("meridian").live();
  const patience = { timeoutMs: 60_000 };
  const lively = async ({ name }: (typeof demoInstruments)[number]): Promise<void> => {
    const instrumentId = demoInstrumentId(marketplaceId, name);
    await watching.until(`status:${instrumentId}`, ({ phase }) => phase === "continuous", patience);
    await watching.until(`trades:${instrumentId}`, ({ trades }) => Object.keys(trades).length > 2, patience);
    const quoted = await watching.until(
      `quote:${instrumentId}`,
      ({ bid, ask }) => bid !== undefined && ask !== undefined,
      patience,
    );
    expect(Number(quoted.view.bid)).toBeLessThan(Number(quoted.view.ask));
  };
  // Nothing ends the exchange but the signal: an error of it is the test's.
  await Promise.race([Promise.all(demoInstruments.map(lively)), running]);
  expect(said.filter((line) => line.includes("opens"))).toHaveLength(demoInstruments.length);
  watching.close();
  abort.abort();
  expect(await ended).toBe("AbortError");
  await standalone.stop();
});

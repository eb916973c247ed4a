import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, root, textOf } from "../runner/repository.ts";
import { lineAt, placesOf } from "./words.ts";

/** A new mechanism must not touch this code, so this code must not know one by name. */
const sharedCode = /^(packages\/(kernel|bus|testkit)|services\/trading|db\/src\/journal)\//;
/** One line per mechanism. */
const registry = "services/trading/src/mechanisms.ts";

/** Engines by their folder, and what the auction and the matching engine run. */
const mechanisms = [...readdirSync(join(root, "engines")), "tender", "exchange"];

const isTest = (path: string): boolean => path.includes("/test/") || path.endsWith(".spec.ts");

test("shared code names no mechanism outside the registry", () => {
  const files = filesUnder().filter((path) => sharedCode.test(path) && path.endsWith(".ts") && !isTest(path));
  expect(files.length).toBeGreaterThan(20);
  const faults = files
    .filter((path) => path !== registry)
    .flatMap((path) => {
      const text = textOf(path);
      return mechanisms.flatMap((name) =>
        placesOf([name], text).map((place) => `${path}:${lineAt(text, place)} names "${name}"; ${registry} may`),
      );
    });
  expect(faults).toEqual([]);
});

/** Where else a mechanism is picked by its name: the worker's own line, and the one that the gateway trades with. */
const pickedIn = ["services/gateway/src/trading/trading-client.ts", "services/worker/src/mechanisms.ts"];
/** Services that know the procedure's commands and records, though not which mechanism a shard has. */
const knowing = /^services\/(gateway|worker)\/src\//;
/** What may be done to a tender, or seen of it, also goes by that word. */
const permissionWords = "services/gateway/src/access/gate.ts";

test("a mechanism is picked by its name in three places", () => {
  const names = mechanisms.map((name) => `"${name}"`);
  const files = filesUnder().filter((path) => knowing.test(path) && path.endsWith(".ts") && path !== permissionWords);
  const named = files.filter((path) => {
    const code = textOf(path).replaceAll(/\["\w+"\]/g, "");
    return names.some((name) => code.includes(name));
  });
  expect(named).toEqual(pickedIn);
});

test("every engine is registered", () => {
  const lines = textOf(registry);
  const engines = readdirSync(join(root, "engines")).filter((name) => name !== "catalog"); // relational, no host
  expect(engines.filter((name) => !lines.includes(`@kontor/${name}`))).toEqual([]);
});

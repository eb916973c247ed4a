import { createInProcessBus } from "@kontor/bus";
import type { AccountStore } from "@kontor/db/auth";
import { expect, test } from "vitest";
import type { Auth } from "../src/auth/create-auth.ts";
import { createIdentify } from "../src/auth/identify.ts";
import { createRevocations } from "../src/auth/revocations.ts";
import { Refusal } from "../src/refusal.ts";

/** The account library as it is when the database is away: it calls every key invalid and says so in no other way. */
const library = {
  $context: Promise.resolve({ authCookies: { sessionToken: { name: "kontor.session_token" } } }),
  api: { verifyApiKey: () => Promise.resolve({ valid: false, error: { code: "INVALID_API_KEY" }, key: null }) },
} as unknown as Auth;

function identifyWith(holdsApiKey: AccountStore["holdsApiKey"]) {
  const accounts = { holdsApiKey } as AccountStore;
  const revocations = createRevocations(createInProcessBus({ onError: () => {} }));
  const deps = { accounts, repositories: {} as never, clock: { now: () => 0 } };
  return createIdentify({ auth: library, deps, revocations });
}

const headers = { "x-api-key": "kontor_0123456789" };

async function codeOf(outcome: Promise<unknown>): Promise<string> {
  const error = await outcome.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.problem.code : String(error);
}

test("a key that is not stored is wrong", async () => {
  const { of } = await identifyWith(() => Promise.resolve(false));
  expect(await codeOf(of(headers))).toBe("unauthenticated");
});

test("a stored key that could not be checked is not called wrong: its holder may ask again", async () => {
  const { of } = await identifyWith(() => Promise.resolve(true));
  expect(await codeOf(of(headers))).toBe("unavailable");
});

test("without the database nothing is said about a key, and nothing of it is remembered", async () => {
  let away = true;
  const { of } = await identifyWith(() => (away ? Promise.reject(new Error("no database")) : Promise.resolve(false)));
  expect(await codeOf(of(headers))).toBe("Error: no database");
  away = false;
  expect(await codeOf(of(headers))).toBe("unauthenticated");
});

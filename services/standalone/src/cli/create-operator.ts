import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "@kontor/db";
import { createAccountStore } from "@kontor/db/auth";
import type { Kontor } from "@kontor/sdk";
import { createKontor, ProblemError, requireValue } from "@kontor/sdk";
import { processEnvironment } from "../config.ts";
import { readRunningNote } from "../data-folder.ts";
import { askPassword } from "./ask-password.ts";
import { explainFailure } from "./explain-failure.ts";

const usage = `Makes an account that administers the installation, and with --marketplace its first marketplace.

  npm run operator:create -- --email you@example.org --name "Your Name" [--marketplace "Metals Europe"] [--currency EUR]

Kontor must be running. The password is asked for; without a terminal it is KONTOR_PASSWORD, or one is made and printed
once.`;

const slugMax = 64;

type Market = { readonly slug: string; readonly name: string; readonly currency: string };
type Order = { readonly email: string; readonly name: string; readonly marketplace: Market | null };

/** Null without what is needed. @throws Error with a sentence about what does not fit */
function orderOf(args: readonly string[]): Order | null {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { email: text, name: text, marketplace: text, currency: { ...text, default: "EUR" } },
  });
  const { email, name, marketplace, currency } = values;
  if (email === undefined || name === undefined) return null;
  return { email, name, marketplace: marketplace === undefined ? null : marketOf(marketplace, currency) };
}

/** Looked at before an account is made for it. */
function marketOf(name: string, currency: string): Market {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, slugMax)
    .replace(/^-|-$/g, "");
  if (slug === "") throw new Error("The marketplace needs a name with letters from a to z or digits in it.");
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error("The currency is three capital letters, such as EUR.");
  return { slug, name, currency };
}

/** Answers the exit code. */
async function createOperator(args: readonly string[]): Promise<number> {
  const order = orderOf(args);
  if (order === null) {
    console.log(usage);
    return 2;
  }
  const running = await readRunningNote(resolve(processEnvironment()["KONTOR_DATA"] ?? "./.kontor"));
  if (running === null) {
    console.log("Kontor is not running here. Start it first: npm start (with the same KONTOR_DATA, if you set it).");
    return 1;
  }
  const { email, marketplace } = order;
  const { password, isNew } = await choosePassword();
  await enter(running.url, order, { password, isNew });
  await makeAdministrator(running.databaseUrl, email);
  console.log(`${email} administers this installation.${isNew ? ` Password, shown this once: ${password}` : ""}`);
  if (marketplace !== null) await setUpMarketplace(running.url, { email, password, marketplace });
  return 0;
}

/** `isNew`: made here, so that nobody knows it yet. */
type Password = { readonly password: string; readonly isNew: boolean };

async function choosePassword(): Promise<Password> {
  if (process.stdin.isTTY) return { password: await askPassword("Password (at least 10 characters): "), isNew: false };
  const given = processEnvironment()["KONTOR_PASSWORD"] ?? "";
  return given === ""
    ? { password: randomBytes(15).toString("base64url"), isNew: true }
    : { password: given, isNew: false };
}

/** Makes the account; whoever has one already shows that it is his. */
async function enter(url: string, { email, name }: Order, { password, isNew }: Password): Promise<void> {
  const client = createKontor({ baseUrl: url });
  const made = await client.auth.signUp({ email, name, password });
  if (made.ok) return;
  if (made.problem.code !== "conflict") throw new ProblemError(made.problem);
  if (isNew)
    throw new Error(`${email} has an account already. Give its password: in a terminal, or as KONTOR_PASSWORD.`);
  const entered = await client.auth.signIn({ email, password });
  if (!entered.ok && entered.problem.code === "unauthenticated") {
    throw new Error(`${email} has an account already, and this is not its password.`);
  }
  requireValue(entered);
}

/** The one thing that no interface offers: whoever may read the installation's folder may name its administrators. */
async function makeAdministrator(databaseUrl: string, email: string): Promise<void> {
  const connection = connect(databaseUrl, { max: 1, applicationName: "kontor-operator" });
  try {
    const accounts = createAccountStore(connection.db);
    const userId = await accounts.userIdOfEmail(email);
    if (userId === null) throw new Error(`There is no account of ${email}.`);
    await accounts.makeInstallationAdmin(userId);
  } finally {
    await connection.close();
  }
}

/** Whoever is on the marketplace's staff already becomes its operator too. */
async function appoint(client: Kontor, key: { readonly marketplaceId: string; readonly userId: string }) {
  const first = await client.marketplaces.appoint(key, "operator");
  if (first.ok || first.problem.code !== "precondition_failed") return requireValue(first);
  const version = Number(first.problem["actualVersion"]);
  return requireValue(await client.marketplaces.appoint({ ...key, version }, "operator"));
}

type Opening = { readonly email: string; readonly password: string; readonly marketplace: Market };

async function setUpMarketplace(url: string, { email, password, marketplace }: Opening): Promise<void> {
  const { slug, name, currency } = marketplace;
  const client = createKontor({ baseUrl: url, credentials: { email, password } });
  const key = `marketplace-${slug}`.slice(0, 64);
  const created = await client.marketplaces.create({ slug, name, currency }, { key });
  if (!created.ok && created.problem.code === "conflict") {
    throw new Error(
      `There is a marketplace "${slug}" already: choose another name, or ask its operator to appoint you.`,
    );
  }
  const { marketplaceId } = requireValue(created);
  const { userId } = requireValue(await client.me.read());
  await appoint(client, { marketplaceId, userId });
  console.log(`${email} operates the marketplace "${name}" (id ${marketplaceId}).`);
  console.log(`Companies can now sign up and ask to take part; see ${url}/docs.`);
}

try {
  process.exitCode = await createOperator(process.argv.slice(2));
} catch (error) {
  const { lines, exitCode } = explainFailure(error, usage);
  for (const line of lines) console.log(line);
  process.exitCode = exitCode;
}

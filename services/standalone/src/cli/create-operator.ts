import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "@kontor/db";
import { createAccountStore } from "@kontor/db/auth";
import { createKontor, ProblemError, requireValue } from "@kontor/sdk";
import { processEnvironment } from "../config.ts";
import { readRunningNote } from "../data-folder.ts";
import { askPassword } from "./ask-password.ts";

const usage = `Makes an account that administers the installation, and with --marketplace its first marketplace.

  npm run operator:create -- --email you@example.org --name "Your Name" [--marketplace "Metals Europe"] [--currency EUR]

Kontor must be running. The password is asked for; without a terminal one is made and printed once.`;

type Order = {
  readonly email: string;
  readonly name: string;
  readonly marketplace: string | undefined;
  readonly currency: string;
};

function orderOf(args: readonly string[]): Order | null {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { email: text, name: text, marketplace: text, currency: { ...text, default: "EUR" } },
  });
  const { email, name, marketplace, currency } = values;
  return email === undefined || name === undefined ? null : { email, name, marketplace, currency };
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
  const { password, isNew } = await choosePassword();
  const client = createKontor({ baseUrl: running.url });
  const made = await client.auth.signUp({ email: order.email, name: order.name, password });
  if (!made.ok && made.problem.code !== "conflict") throw new ProblemError(made.problem);
  if (!made.ok) requireValue(await client.auth.signIn({ email: order.email, password }));
  await makeAdministrator(running.databaseUrl, order.email);
  console.log(`${order.email} administers this installation.${isNew ? ` Password, shown this once: ${password}` : ""}`);
  if (order.marketplace !== undefined) await setUpMarketplace(running.url, { ...order, password });
  return 0;
}

async function choosePassword(): Promise<{ readonly password: string; readonly isNew: boolean }> {
  if (process.stdin.isTTY) return { password: await askPassword("Password (at least 10 characters): "), isNew: false };
  return { password: randomBytes(15).toString("base64url"), isNew: true };
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

async function setUpMarketplace(url: string, order: Order & { readonly password: string }): Promise<void> {
  const { email, password, marketplace: name = "", currency } = order;
  const client = createKontor({ baseUrl: url, credentials: { email, password } });
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const key = `marketplace-${slug}`.slice(0, 64);
  const created = await client.marketplaces.create({ slug, name, currency }, { key });
  if (!created.ok && created.problem.code === "conflict") {
    throw new Error(
      `There is a marketplace "${slug}" already: choose another name, or ask its operator to appoint you.`,
    );
  }
  const { marketplaceId } = requireValue(created);
  const { userId } = requireValue(await client.me.read());
  requireValue(await client.marketplaces.appoint(marketplaceId, userId, "operator"));
  console.log(`${email} operates the marketplace "${name}" (id ${marketplaceId}).`);
  console.log(`Companies can now sign up and ask to take part; see ${url}/docs.`);
}

try {
  process.exitCode = await createOperator(process.argv.slice(2));
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

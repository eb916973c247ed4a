import type { AccountStore } from "@kontor/db/auth";
import { StartError } from "../start-error.ts";
import { demoCompanies, demoOperator, demoPassword } from "./companies.ts";
import { officeEmails } from "./office/office-companies.ts";

/** What is asked whether a login works, before anybody else can ask. */
type Door = {
  readonly inject: (request: {
    readonly method: "POST";
    readonly url: string;
    readonly payload: object;
  }) => Promise<{ readonly statusCode: number; readonly body: string }>;
};

/**
 * Looks for accounts of an earlier demo that its public password still opens.
 *
 * @throws StartError when there are some
 */
export async function refuseOpenLogins(accounts: Pick<AccountStore, "userIdOfEmail">, door: Door): Promise<void> {
  const open: string[] = [];
  for (const email of [demoOperator.email, ...demoCompanies.map((company) => company.email), ...officeEmails]) {
    const known = (await accounts.userIdOfEmail(email)) !== null;
    if (known && (await opens(door, email))) open.push(email);
  }
  if (open.length === 0) return;
  throw new StartError([
    `The accounts of the demo are in this database, and anybody knows their password: ${open.join(", ")}.`,
    "Use another database or another KONTOR_DATA, or start on 127.0.0.1 alone and change these passwords first.",
  ]);
}

async function opens(door: Door, email: string): Promise<boolean> {
  const payload = { email, password: demoPassword };
  const { statusCode } = await door.inject({ method: "POST", url: "/v1/auth/sign-in/email", payload });
  if (statusCode >= 500 || statusCode === 429) throw new StartError([`Whether ${email} is open to all is not known.`]);
  return statusCode < 300;
}

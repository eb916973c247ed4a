export type DemoAccount = {
  readonly company: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** The demonstration's accounts, as the server wrote them into the page; none elsewhere. */
export function demoAccounts(page: Pick<Document, "querySelector">): readonly DemoAccount[] {
  const told = page.querySelector('meta[name="kontor-demo"]')?.getAttribute("content") ?? "";
  try {
    const accounts: unknown = JSON.parse(told);
    return Array.isArray(accounts) ? accounts.filter(isAccount) : [];
  } catch {
    return [];
  }
}

function isAccount(value: unknown): value is DemoAccount {
  if (typeof value !== "object" || value === null) return false;
  const account = value as Readonly<Record<string, unknown>>;
  return ["company", "name", "email", "password"].every((member) => typeof account[member] === "string");
}

import type { Browser, Page } from "playwright-core";
import { password } from "../world/people.ts";

export type Look = { readonly theme: "light" | "dark"; readonly locale: string };

/** A page with what its policy refused and what broke in it, oldest first. */
export type Visit = AsyncDisposable & { readonly page: Page; readonly faults: readonly string[] };

/** A new visitor of the app, who is signed in where an address is given. */
export async function visit(
  browser: Browser,
  { url, email, look }: { readonly url: string; readonly email?: string; readonly look?: Look },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const faults: string[] = [];
  const stored = JSON.stringify(look ?? {});
  await context.addInitScript(`localStorage.setItem("kontor.settings.guest", ${JSON.stringify(stored)});
    addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective + " " + event.blockedURI));`);
  if (email !== undefined) {
    const headers = { origin: url };
    const answer = await context.request.post(`${url}/v1/auth/sign-in/email`, { data: { email, password }, headers });
    if (!answer.ok()) throw new Error(`${email} cannot sign in: ${answer.status()} ${await answer.text()}`);
  }
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /policy|Trusted/i.test(text)) faults.push(text);
  });
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}

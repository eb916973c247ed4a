import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** An account that anybody may use, shown on the sign-in page of a demonstration. */
export type DemoAccount = {
  readonly company: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/** The app's page without its nonce, and the tag of all that is the same in every answer. */
export type ShellPage = { readonly etag: string; readonly withNonce: (nonce: string) => string };

const noncePlace = "{{nonce}}";
const demoPlace = "{{demo}}";

/** Reads the built page; null while there is no build. It is small, and a new build is served without a restart. */
export async function readShellPage(folder: string, accounts: readonly DemoAccount[]): Promise<ShellPage | null> {
  const built = await readFile(join(folder, "index.html"), "utf8").catch(() => null);
  if (built === null) return null;
  const page = built.replace(demoPlace, () => escaped(accounts.length === 0 ? "" : JSON.stringify(accounts)));
  const etag = `"${createHash("sha256").update(page).digest("base64url").slice(0, 22)}"`;
  return { etag, withNonce: (nonce) => page.replaceAll(noncePlace, nonce) };
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
  return text.replace(/[&"<>]/g, (sign) => entities[sign] ?? sign);
}

/** What a browser gets where the app was not built. */
export const unbuiltPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Kontor</title>
<h1>The app is not built</h1>
<p>This server answers programs: see <a href="/docs">the reference</a>. <code>npm start</code> builds the app.</p>
</html>
`;

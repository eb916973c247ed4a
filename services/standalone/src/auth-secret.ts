import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The secret that sessions are signed with: made once, readable by this account only. */
export async function readAuthSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, "auth-secret");
  const fresh = randomBytes(32).toString("base64url");
  try {
    await writeFile(path, `${fresh}\n`, { mode: 0o600, flag: "wx" });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const kept = (await readFile(path, "utf8")).trim();
  if (kept.length >= 32) return kept;
  throw new Error(`${path} holds no secret: delete it and start again; everybody signs in anew`);
}

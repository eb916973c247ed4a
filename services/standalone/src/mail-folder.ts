import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mailer } from "@kontor/gateway";
import type { Logger } from "pino";

/**
 * Puts messages into a folder that only this account can read, for an installation without a mail server. The log names
 * recipient and subject alone: links in the text let their reader into the account.
 */
export function createMailFolder(dataFolder: string, log: Logger): Mailer {
  const folder = join(dataFolder, "mail");
  return async ({ to, subject, text }) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${randomUUID()}.txt`);
    await writeFile(file, `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600, flag: "wx" });
    log.info({ to, subject, file }, "mail put into the folder");
  };
}

import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { expect, test } from "vitest";
import { createMailFolder } from "../src/mail-folder.ts";

test("a message goes into a private file, and its text not into the log", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "kontor-mail-"));
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => lines.push(line) });
  try {
    const link = "http://127.0.0.1/reset?token=abc";
    await createMailFolder(dataFolder, log)({ to: "ada@example.org", subject: "Reset your password", text: link });
    const [file] = await readdir(join(dataFolder, "mail"));
    const path = join(dataFolder, "mail", file ?? "");
    expect(await readFile(path, "utf8")).toBe(`To: ada@example.org\nSubject: Reset your password\n\n${link}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(lines.join("")).toContain("Reset your password");
    expect(lines.join("")).not.toContain("token=abc");
  } finally {
    await rm(dataFolder, { recursive: true });
  }
});

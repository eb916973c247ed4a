import { execFile } from "node:child_process";
import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Credentials, ServerFolder } from "./folder.ts";

const run = promisify(execFile);

/** The superuser that initdb makes. Kontor itself works as another role, which owns its database and nothing more. */
export const adminRole = "postgres";

/** Major version that the programs of this package write and read. */
const majorVersion = "18";

export type InitialiseOptions = {
  readonly folder: ServerFolder;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly credentials: Credentials;
};

/**
 * Creates the data folder unless it exists. It is made aside and renamed, so a folder that exists is whole.
 *
 * @throws Error when it was written by another major version, or initdb fails.
 */
export async function initialiseData({ folder, binaries, account, credentials }: InitialiseOptions): Promise<void> {
  const version = await readFile(join(folder.data, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version !== undefined) {
    if (version.trim() === majorVersion) return;
    throw new Error(
      `${folder.data} was written by Postgres ${version.trim()}; this one is ${majorVersion}: migrate it`,
    );
  }
  const fresh = `${folder.data}.new`;
  const secret = `${folder.data}.secret`;
  await rm(fresh, { recursive: true, force: true });
  await rm(secret, { force: true });
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(secret, credentials.admin, { mode: 0o600 });
  if (account) await Promise.all([fresh, secret].map((path) => chown(path, account.uid, account.gid)));
  try {
    await run(binaries.initdb, initdbArguments(fresh, secret), {
      ...account,
      cwd: "/",
      env: { LC_ALL: "C", TZ: "UTC" },
    });
    await rename(fresh, folder.data);
  } finally {
    await rm(secret, { force: true });
  }
}

function initdbArguments(data: string, secret: string): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${adminRole}`,
    `--pwfile=${secret}`,
    "--auth=scram-sha-256",
    "--data-checksums",
    "--encoding=UTF8",
    "--locale=C",
    // Order by code point: the same on every machine and for good, which no system locale promises.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
}

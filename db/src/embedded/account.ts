import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The system account that the server runs as; undefined means the account of this process. */
export type Account = { readonly uid: number; readonly gid: number };

/** Ways to create an account, by kind of system. */
const creations: readonly (readonly [string, ...string[]])[] = [
  ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"],
  ["adduser", "-S", "-D", "-H", "-s", "/sbin/nologin"],
];

/**
 * Postgres refuses to run as root. So root runs it as `postgres`, an account that is created when the system has none.
 *
 * @throws Error when this process is root and there is no such account and none can be made.
 */
export async function serverAccount(name = "postgres"): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = await lookUp(name);
  if (existing) return existing;
  for (const [command, ...flags] of creations) {
    await run(command, [...flags, name]).catch(() => {}); // Not every system has every command.
    const created = await lookUp(name);
    if (created) return created;
  }
  throw new Error(`Postgres does not run as root, and the account ${name} could not be created: run as another user`);
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** The first folder above or at `path` that the account may not enter; undefined when all are open to it. */
export async function closedFolderOf(path: string, account: Account): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await closedFolderOf(parent, account);
  if (above) return above;
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  return (found.mode & entryBit(found, account)) === 0 ? path : undefined;
}

function entryBit(folder: Account, account: Account): number {
  if (folder.uid === account.uid) return 0o100;
  return folder.gid === account.gid ? 0o010 : 0o001;
}

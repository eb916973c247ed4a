import { chmod, cp, mkdir, mkdtemp, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Account } from "./account.ts";
import { closedFolderOf } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { ServerFolder } from "./folder.ts";

/**
 * Where root keeps for the server's account what that account could not reach: root's own home is closed to others,
 * and a Kontor installed there must start all the same.
 */
const sharedHome = "/var/lib/kontor";

/** The programs where the account can run them: in place, or a copy made once per version. */
export async function reachablePrograms(binaries: Binaries, account: Account, home = sharedHome): Promise<Binaries> {
  if (!(await closedFolderOf(binaries.postgres, account))) return binaries;
  const source = dirname(dirname(binaries.postgres));
  const copy = join(home, `postgres-${binaries.version}`);
  if (!(await stat(copy).catch(() => undefined))) {
    const unfinished = await mkdtemp(join(await openFolder(home), "copy-"));
    await cp(source, unfinished, { recursive: true, verbatimSymlinks: true });
    await chmod(unfinished, 0o755);
    // Another process may have been faster; then its copy is as good.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  }
  const moved = (path: string) => join(copy, relative(source, path));
  const { version, initdb, pgCtl, postgres } = binaries;
  return { version, initdb: moved(initdb), pgCtl: moved(pgCtl), postgres: moved(postgres) };
}

/** The folder with its data where the account can enter; a link in the folder then leads there. */
export async function reachableData(folder: ServerFolder, account: Account, home = sharedHome): Promise<ServerFolder> {
  if (!(await closedFolderOf(folder.root, account))) return folder;
  const link = join(folder.root, "data-elsewhere");
  const known = await realpath(link).catch(() => undefined);
  if (known !== undefined) return { ...folder, data: join(known, "data") };
  const place = await mkdtemp(join(await openFolder(home), "data-"));
  await chmod(place, 0o711);
  await rm(link, { force: true });
  await symlink(place, link);
  return { ...folder, data: join(place, "data") };
}

async function openFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
  return path;
}

import { randomBytes } from "node:crypto";
import { chmod, mkdir, open, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isAlive } from "./postmaster.ts";
import { processStart } from "./process-start.ts";

/** Where an embedded server keeps everything. All paths are absolute. */
export type ServerFolder = {
  readonly root: string;
  readonly data: string;
  readonly log: string;
  readonly credentials: string;
  readonly owner: string;
};

export type Credentials = { readonly admin: string; readonly application: string };

/** Creates the folder, open for others to pass through but not to list: the server may run as another account. */
export async function prepareFolder(path: string): Promise<ServerFolder> {
  const firstCreated = await mkdir(path, { recursive: true });
  const root = await realpath(path);
  await chmod(root, 0o711);
  if (firstCreated !== undefined) {
    const top = dirname(await realpath(firstCreated));
    for (let folder = root; folder !== top; folder = dirname(folder)) await chmod(folder, 0o711);
  }
  const inside = (name: string) => join(root, name);
  return {
    root,
    data: inside("data"),
    log: inside("server.log"),
    credentials: inside("credentials.json"),
    owner: inside("owner.json"),
  };
}

/** The passwords of this folder's server, made on first use and readable by this account only. */
export async function readCredentials(folder: ServerFolder): Promise<Credentials> {
  const secret = () => randomBytes(24).toString("base64url");
  const fresh: Credentials = { admin: secret(), application: secret() };
  const created = await writeFile(folder.credentials, JSON.stringify(fresh), { mode: 0o600, flag: "wx" }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
  return created ? fresh : (JSON.parse(await readFile(folder.credentials, "utf8")) as Credentials);
}

type Owner = { readonly pid: number; readonly start: string };

/**
 * Makes this process the one that runs the server of this folder. A note left by a dead process does not count.
 *
 * @returns a function that gives the folder free again
 * @throws Error when another living process has it.
 */
export async function takeFolder(folder: ServerFolder): Promise<() => Promise<void>> {
  const self: Owner = { pid: process.pid, start: await processStart(process.pid) };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const note = await open(folder.owner, "wx", 0o600);
      await note.writeFile(JSON.stringify(self));
      await note.close();
      return () => rm(folder.owner, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = await readOwner(folder);
    if (owner && isAlive(owner.pid) && (await processStart(owner.pid)) === owner.start) {
      throw new Error(
        `${folder.root} is in use by process ${owner.pid}: stop it, or give this one a folder of its own`,
      );
    }
    await rm(folder.owner, { force: true });
  }
  throw new Error(`${folder.owner} cannot be written: other processes keep taking the folder`);
}

async function readOwner(folder: ServerFolder): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(folder.owner, "utf8")) as Owner;
  } catch {
    return undefined; // Gone, or half written by a process that died.
  }
}

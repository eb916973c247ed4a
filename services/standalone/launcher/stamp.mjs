import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The fields of a manifest that change what an install does; scripts and descriptions do not. */
const installFields = [
  "name",
  "version",
  "bin",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
];

/**
 * One line that changes whenever an install would do something else: lockfile, policy, manifests, patches.
 * @param {string} root
 */
export function installStamp(root) {
  const workspaceYaml = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  hash.update(readFileSync(join(root, "pnpm-lock.yaml"))).update(workspaceYaml);
  for (const folder of ["", ...workspaceFolders(root, workspaceYaml)]) {
    const manifest = join(root, folder, "package.json");
    if (existsSync(manifest)) hash.update(`\n${folder}\n`).update(dependenciesOf(manifest));
  }
  for (const patch of listed(join(root, "patches"))) {
    hash.update(`\n${patch}\n`).update(readFileSync(join(root, "patches", patch)));
  }
  return hash.digest("hex");
}

/**
 * Folders of the workspace, as pnpm-workspace.yaml lists them: `db` or `packages/*`.
 * @param {string} root
 * @param {string} workspaceYaml
 */
export function workspaceFolders(root, workspaceYaml) {
  const block = /^packages:\r?\n((?:[ ]*- .*\r?\n)+)/m.exec(workspaceYaml)?.[1] ?? "";
  const globs = [...block.matchAll(/- ["']?([^"'\s]+)/g)].map((match) => match[1] ?? "");
  return globs.flatMap((glob) => {
    if (!glob.endsWith("/*")) return [glob];
    const parent = glob.slice(0, -2);
    return listed(join(root, parent)).map((name) => `${parent}/${name}`);
  });
}

/** @param {string} manifestPath */
function dependenciesOf(manifestPath) {
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  return JSON.stringify(installFields.map((field) => manifest[field]));
}

/** @param {string} folder */
function listed(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { modules, nodeBinary, outerPath, root, say, windows } from "./paths.mjs";
import { installStamp } from "./stamp.mjs";

const stampFile = join(modules, ".kontor-stamp");
const lockFile = join(modules, ".kontor-install.lock");

const advice = [
  "Kontor could not install its dependencies; the reason stands above.",
  "  1. Check that this machine reaches the npm registry:  npm ping",
  "  2. Check that the disk has about 1 GB free.",
  "  3. Delete the folder node_modules and run the same command again.",
].join("\n");

/** Makes node_modules match the lockfile. Answers whether it does; if not, the reason has been printed. */
export async function ensureInstalled() {
  if (installed()) return true;
  const onWait = () => say("Another Kontor command is installing; waiting for it.");
  return await withLock(lockFile, onWait, async () => installed() || (await install()));
}

function installed() {
  if (!existsSync(stampFile) || !existsSync(nodeBinary)) return false;
  return readFileSync(stampFile, "utf8") === installStamp(root);
}

async function install() {
  say(existsSync(stampFile) ? "Dependencies changed: installing." : "First start: installing, about a minute.");
  const began = Date.now();
  const { code, interrupted, output } = await runPnpm();
  if (interrupted) return false;
  if (code !== 0 || !existsSync(nodeBinary)) {
    say(`${output}\n${advice}`);
    return false;
  }
  writeFileSync(stampFile, installStamp(root));
  say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
  return true;
}

/**
 * Runs the pinned pnpm through npx; its output is kept back, for it matters only when it fails.
 * @returns {Promise<{ code: number | null, interrupted: boolean, output: string }>}
 */
function runPnpm() {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const args = ["--yes", packageManager, "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"];
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let interrupted = false;
    const child = spawn("npx", args, {
      cwd: root,
      detached: !windows,
      env: { ...process.env, PATH: outerPath(), CI: "true" }, // CI: ask nothing, nobody may be there
      shell: windows,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = () => {
      interrupted = true;
      if (windows || child.pid === undefined) child.kill("SIGTERM");
      else process.kill(-child.pid, "SIGTERM");
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.once("error", (error) => chunks.push(Buffer.from(`npx: ${error.message}\n`)));
    child.once("close", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve({ code, interrupted, output: Buffer.concat(chunks).toString() });
    });
  });
}

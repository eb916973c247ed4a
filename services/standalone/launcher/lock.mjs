import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A lock file without a process number in it is being written; after this it was abandoned. */
const lockWriteMs = 5_000;
const retryMs = 250;

/**
 * Runs `action` while no other process of this machine holds the same lock file; waits for its turn.
 * A lock whose holder died is taken over. `onWait` is called once if there is a wait.
 * @template Result
 * @param {string} lockFile
 * @param {() => void} onWait
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>}
 */
export async function withLock(lockFile, onWait, action) {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let told = false; !tryLock(lockFile); told = true) {
    if (!told) onWait();
    await sleep(retryMs);
  }
  try {
    return await action();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
function tryLock(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  try {
    const holder = Number(readFileSync(lockFile, "utf8"));
    const abandoned = holder > 0 ? !alive(holder) : Date.now() - statSync(lockFile).mtimeMs > lockWriteMs;
    if (abandoned) rmSync(lockFile, { force: true });
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error; // released between the two looks
  }
  return false;
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

import { spawn } from "node:child_process";
import { join } from "node:path";
import { innerPath, modules, nodeBinary, root, say, windows } from "./paths.mjs";

/** A signal repeated within this time comes from one key press: the terminal and npm both deliver it. */
const samePressMs = 500;

const codeCache = join(modules, ".cache", "kontor-code");

/** @type {Readonly<Record<string, number>>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Runs the project's Node with `args` in a folder of the repository and answers its exit code (128 + n if signal n ended it).
 * The task has its own process group, so that it gets each request to stop exactly once, from here, and can end
 * in order; a second Ctrl-C kills the group.
 * @param {readonly string[]} args
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function runTask(args, folder) {
  const child = spawn(nodeBinary, args, {
    cwd: join(root, folder),
    detached: !windows,
    // What Node made of the sources at one start serves the next, which is then ready a second or so sooner.
    env: { NODE_COMPILE_CACHE: codeCache, ...process.env, PATH: innerPath() },
    stdio: "inherit",
  });
  passSignals(child);
  if (process.env.npm_lifecycle_event !== undefined) followParent(child);
  const releaseLeash = leash(child.pid);
  return await new Promise((resolve) => {
    child.once("error", (error) => {
      say(`Kontor could not start ${nodeBinary}: ${error.message}`);
      resolve(1);
    });
    child.once("exit", (code, signal) => {
      releaseLeash();
      resolve(code ?? 128 + (signalNumbers[signal ?? ""] ?? 0));
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
function passSignals(child) {
  let askedAt = 0;
  const ask = (/** @type {NodeJS.Signals} */ signal) => {
    const repeated = askedAt > 0;
    if (repeated && Date.now() - askedAt < samePressMs) return;
    askedAt = Date.now();
    if (repeated && signal === "SIGINT") killGroup(child);
    else child.kill(signal);
  };
  process.on("SIGINT", () => ask("SIGINT"));
  process.on("SIGTERM", () => ask("SIGTERM"));
  process.on("SIGHUP", () => ask("SIGTERM")); // the terminal was closed
  if (!windows) process.on("SIGWINCH", () => child.kill("SIGWINCH"));
}

const parentLookMs = 1_000;

/**
 * Ends the task when the package manager that called us is gone: asked to stop, npm ends without a word to its script.
 * @param {import("node:child_process").ChildProcess} child
 */
function followParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill("SIGTERM");
  }, parentLookMs);
  timer.unref();
}

/** @param {import("node:child_process").ChildProcess} child */
function killGroup(child) {
  say("Stopped at once.");
  if (windows || child.pid === undefined) child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}

/**
 * Ends the task if this process is killed outright: the shell's `read` returns when our end of its pipe closes.
 * Without it a SIGKILL here would leave the task running alone. Answers a function that lets go.
 * @param {number | undefined} pid
 */
function leash(pid) {
  if (windows || pid === undefined) return () => {};
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -TERM "$1"', "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {}); // no shell: only the leash is missing
  return () => watcher.kill("SIGKILL");
}

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { processEnvironment } from "../config.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const web = join(root, "services/web");
const bundler = join(web, "node_modules/vite/bin/vite.js");

/** The built app; there may be none yet. */
export const webFolder = join(web, "dist");

/** What a build is made of: the app, and the packages of ours that go into it. */
const sources = [
  ...["src", "index.html", "vite.config.ts", "package.json"].map((name) => join(web, name)),
  ...["ui", "sdk", "protocol", "kernel"].map((name) => join(root, "packages", name, "src")),
  join(root, "pnpm-lock.yaml"),
];

export type WebBuild = "fresh" | "built" | "failed";

/**
 * Builds the web app where its sources are newer than the build. A failure leaves the installation without a new app,
 * never without its interface for programs.
 */
export async function ensureWebBuilt(say: (line: string) => void): Promise<WebBuild> {
  const builtAt = await newestIn(join(webFolder, "index.html"));
  const changedAt = Math.max(...(await Promise.all(sources.map(newestIn))));
  if (builtAt >= changedAt) return "fresh";
  if (!existsSync(bundler)) {
    say("The web app cannot be built: its tools are not installed.");
    return "failed";
  }
  const startedAt = performance.now();
  say("The web app is being built ...");
  const { code, output } = await runBundler();
  if (code !== 0) {
    say(`The web app could not be built:\n${output.trim()}`);
    return "failed";
  }
  say(`The web app was built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return "built";
}

/** In a process of its own: the bundler keeps threads and memory that a server has no use for. */
function runBundler(): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [bundler, "build", "--logLevel", "warn"], {
    cwd: web,
    // Whoever runs under a test runner builds what is shipped all the same.
    env: { ...processEnvironment(), NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** When a file, or any file in a folder, was changed last; 0 where there is none. */
async function newestIn(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".spec.ts"));
  const times = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs));
  return Math.max(0, ...times);
}

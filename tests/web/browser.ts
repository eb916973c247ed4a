import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium of this machine; null where there is none. */
function chromiumPath(path: string): string | null {
  const folders = ["/usr/bin", ...path.split(delimiter).filter((folder) => folder !== "")];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** Starts it without a window; null where there is none. Tests say then that they were skipped. */
export async function openBrowser(): Promise<Browser | null> {
  // biome-ignore lint/style/noProcessEnv: where a machine keeps its programs is told by its environment alone
  const executablePath = chromiumPath(process.env["PATH"] ?? "");
  if (executablePath === null) return null;
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

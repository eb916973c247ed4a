import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

type Stage = { readonly browser: Browser; readonly server: Server; readonly folder: string; readonly url: string };
let stage: Stage | null = null;

beforeAll(async () => {
  if (executablePath === undefined) {
    stdout.write("skipped: no Chromium\n");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "kontor-gallery-"));
  const configFile = fileURLToPath(new URL("../vite.config.ts", import.meta.url));
  await build({ configFile, logLevel: "error", build: { outDir: folder, emptyOutDir: true, minify: false } });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://gallery");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    return response
      .writeHead(200, { "content-type": mediaTypes[extname(file)] ?? "text/plain" })
      .end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  stage = { browser: await chromium.launch({ executablePath }), server, folder, url };
}, 120_000);

afterAll(async () => {
  await stage?.browser.close();
  stage?.server.close();
  if (stage !== null) rmSync(stage.folder, { recursive: true, force: true });
});

type View = { readonly theme: string; readonly locale: string; readonly width: number };

/** Nothing is asked where there is no browser; what is thrown on the page fails the test. */
async function onGallery({ theme, locale, width }: View, ask: (page: Page) => Promise<void>): Promise<void> {
  if (stage === null) return;
  const context = await stage.browser.newContext({ viewport: { width, height: 768 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${stage.url}?theme=${theme}&locale=${locale}`);
  await page.locator(".k-gallery").waitFor();
  await page.locator(".k-chart canvas").first().waitFor();
  await ask(page);
  await context.close();
  expect(errors).toEqual([]);
}

const views: readonly View[] = [
  { theme: "light", locale: "en", width: 1366 },
  { theme: "dark", locale: "he", width: 1366 },
  { theme: "light", locale: "fa", width: 360 },
];

test.each(views)(
  "nothing serious stands in the way of anybody: $theme, $locale, $width px",
  async (view) => {
    await onGallery(view, async (page) => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      const told = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
      expect(told).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  },
  180_000,
);

test("all is worked by keys: rows of a table, an amount that is asked about, a dialog", async () => {
  await onGallery({ theme: "light", locale: "en", width: 1366 }, async (page) => {
    await workTable(page);
    await workAmounts(page);
    await workDialog(page);
  });
}, 180_000);

/** j and k move, x selects. */
async function workTable(page: Page): Promise<void> {
  const rows = page.getByRole("table", { name: "Tenders" }).locator("tbody tr");
  await rows.first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect.poll(() => rows.nth(2).evaluate(hasFocus)).toBe(true);
  await page.keyboard.press("x");
  await expect.poll(() => rows.nth(2).getAttribute("data-selected")).toBe("true");
  await page.keyboard.press("k");
  await expect.poll(() => rows.nth(1).evaluate(hasFocus)).toBe(true);
}

/** What may mean two values is asked about and not rewritten while it is typed; arrows go by the step. */
async function workAmounts(page: Page): Promise<void> {
  const baseline = page.getByLabel("Baseline");
  await baseline.fill("1,234");
  await expect.poll(() => page.locator(".k-question button").allTextContents()).toEqual(["1,234", "1.234"]);
  expect(await baseline.inputValue()).toBe("1,234");
  await page.locator(".k-question button").nth(1).click();
  await expect.poll(() => page.locator(".k-question").count()).toBe(0);
  const price = page.getByLabel("Your price");
  await price.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowDown");
  await expect.poll(() => price.inputValue()).toBe("1,408.00");
}

/** It takes the focus, holds it, and gives it back on Escape. */
async function workDialog(page: Page): Promise<void> {
  const opener = page.getByRole("button", { name: "Pause auction" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Pause the auction" });
  await dialog.waitFor();
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => opener.evaluate(hasFocus)).toBe(true);
}

const hasFocus = (element: Element): boolean => element === document.activeElement;

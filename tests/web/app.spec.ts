import { AxeBuilder } from "@axe-core/playwright";
import { ensureWebBuilt, webFolder } from "@kontor/standalone";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { password } from "../world/people.ts";
import { auctionProcedure, lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import { openBrowser } from "./browser.ts";
import { visit } from "./visit.ts";

let world: World;
let browser: Browser | null = null;
let tenderId = "";

beforeAll(async () => {
  const said: string[] = [];
  const build = await ensureWebBuilt((line) => said.push(line));
  if (build === "failed") throw new Error(said.join("\n"));
  world = await createWorld({ webApp: { folder: webFolder } });
  const draft = { lots: [lot(reverseRules({}))], procedure: auctionProcedure };
  ({ tenderId } = await world.publish({ draft, suppliers: [world.anna] }));
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world[Symbol.asyncDispose]();
});

const routes = (): readonly string[] => ["/", "/tenders", `/tenders/${tenderId}`, "/settings", "/nowhere"];
const wanted = "main h1, main h2";

describe("the app in a browser", () => {
  test("a person signs in by the form and sees the marketplace", async ({ skip }) => {
    if (browser === null) return skip(true, "no Chromium");
    await using visitor = await visit(browser, { url: world.url });
    const { page, faults } = visitor;
    await page.goto(`${world.url}/tenders`);
    await page.getByLabel("Email address").fill(world.buyer.boss.email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Tenders" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/tenders");
    expect(faults).toEqual([]);
  });

  test("no route breaks the policy or throws", async ({ skip }) => {
    if (browser === null) return skip(true, "no Chromium");
    await using visitor = await visit(browser, { url: world.url, email: world.buyer.boss.email });
    const { page, faults } = visitor;
    for (const route of routes()) {
      await page.goto(world.url + route);
      await page.locator(wanted).first().waitFor();
    }
    expect(faults).toEqual([]);
  });

  const looks = (["light", "dark"] as const).flatMap((theme) =>
    ["en", "he"].map((locale) => ({ theme, locale, dir: locale === "he" ? "rtl" : "ltr" })),
  );
  test.for(looks)("axe finds nothing serious: $theme, $dir", async ({ dir, ...look }, { skip }) => {
    if (browser === null) return skip(true, "no Chromium");
    await using visitor = await visit(browser, { url: world.url, email: world.buyer.boss.email, look });
    const { page } = visitor;
    const found: string[] = [];
    for (const route of routes()) {
      await page.goto(world.url + route);
      await page.locator(wanted).first().waitFor();
      expect(await page.locator("html").getAttribute("dir")).toBe(dir);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      for (const { id, impact, nodes } of violations) {
        const where = nodes.map(({ target }) => target.join(" ")).join(", ");
        if (impact === "serious" || impact === "critical") found.push(`${route}: ${id} at ${where}`);
      }
    }
    expect(found).toEqual([]);
  });
});

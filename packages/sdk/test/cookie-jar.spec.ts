import { expect, test } from "vitest";
import { CookieJar } from "../src/http/cookie-jar.ts";

const now = Date.parse("2026-11-01T10:00:00Z");

test("cookies are kept by name and sent back", () => {
  const jar = new CookieJar();
  jar.store(["session=a=b; Path=/; HttpOnly; SameSite=Lax", "other=1; Max-Age=60"], now);
  jar.store(["other=2"], now);
  expect(jar.header()).toBe("session=a=b; other=2");
});

test("a cookie goes when it is emptied or has expired; Max-Age wins over Expires", () => {
  const jar = new CookieJar();
  jar.store(["a=1", "b=1", "c=1", "d=1"], now);
  jar.store(["a=", "b=1; Max-Age=0", "c=1; Expires=Sun, 01 Nov 2026 09:59:59 GMT"], now);
  jar.store(["d=2; Expires=Sun, 01 Nov 2026 09:59:59 GMT; Max-Age=60"], now);
  expect(jar.header()).toBe("d=2");
});

test("an empty jar sends no header", () => {
  expect(new CookieJar().header()).toBeNull();
});

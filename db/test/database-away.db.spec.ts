import { expect, test } from "vitest";
import { connect, isDatabaseAway } from "../src/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";

const errorOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => null,
    (error: unknown) => error,
  );

test("a lost, refused or ended connection is a database that is away; a wrong statement is not", async () => {
  const database = await createTestDatabase();
  const { sql, close } = connect(database.url, { max: 1 });
  expect(isDatabaseAway(await errorOf(sql`select 1 / 0`))).toBe(false);
  expect(isDatabaseAway(await errorOf(sql`select pg_terminate_backend(pg_backend_pid())`))).toBe(true);
  await close();
  expect(isDatabaseAway(await errorOf(sql`select 1`))).toBe(true);
  const nowhere = connect(database.url.replace(/:\d+\//, ":1/"), { max: 1 });
  expect(isDatabaseAway(await errorOf(nowhere.sql`select 1`))).toBe(true);
  await nowhere.close();
  await database.drop();
});

test("the driver's error is found below those that wrap it, and errors may point at themselves", () => {
  const lost = Object.assign(new Error("lost"), { code: "ECONNRESET" });
  expect(isDatabaseAway(new Error("a query failed", { cause: new Error("outer", { cause: lost }) }))).toBe(true);
  const circle = new Error("circle");
  circle.cause = circle;
  expect(isDatabaseAway(circle)).toBe(false);
  expect(isDatabaseAway("ECONNRESET")).toBe(false);
});

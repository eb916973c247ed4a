import pino from "pino";
import { expect, test } from "vitest";
import { gatewayLog } from "../src/gateway-log.ts";

function written(...entries: readonly unknown[]): string {
  const lines: string[] = [];
  const log = gatewayLog(pino({ level: "trace" }, { write: (line) => lines.push(line) }));
  for (const entry of entries) log.info(entry, "something");
  return lines.join("");
}

test("credentials are not written, however deep they lie", () => {
  const text = written(
    { headers: { cookie: "s3cret", authorization: "Bearer s3cret", "x-api-key": "s3cret" } },
    { req: { headers: { cookie: "s3cret", "set-cookie": ["s3cret"] } } },
    { body: { password: "s3cret", newPassword: "s3cret" }, token: "s3cret", key: "s3cret" },
  );
  expect(text).not.toContain("s3cret");
  expect(text).toContain("[redacted]");
});

test("an error of the database is written without the values it was about", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505", detail: "Key (email)=(ada@x.test) exists" });
  const error = new Error("Failed query: insert into users values ($1)\nparams: ada@x.test,hash", { cause });
  const text = written({ err: error });
  expect(text).toContain("insert into users");
  expect(text).toContain("23505");
  expect(text).not.toContain("ada@x.test");
});

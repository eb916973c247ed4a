import type { AddressInfo, Server } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { usualPort } from "../src/config.ts";
import { choosePort } from "../src/free-port.ts";

const host = "127.0.0.1";

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, host, () => resolve(server));
  });
}

test("a wished port that is taken is told with what to do", async () => {
  const server = await listening();
  const { port } = server.address() as AddressInfo;
  await expect(choosePort(host, port)).rejects.toThrow(`Port ${port} is taken`);
  server.close();
});

test("without a wish the first free port from the usual one serves", async () => {
  const port = await choosePort(host, null);
  expect(port).toBeGreaterThanOrEqual(usualPort);
  expect(port).toBeLessThan(usualPort + 50);
});

test("0 is any free port", async () => {
  expect(await choosePort(host, 0)).toBeGreaterThan(0);
});

test.each(["192.0.2.1", "no-such-host.invalid"])(
  "%s, where this machine cannot listen, is told in a sentence",
  async (name) => {
    await expect(choosePort(name, 0)).rejects.toThrow(`This machine cannot listen on ${name}`);
  },
);

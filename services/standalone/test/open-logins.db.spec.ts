import { createKontor, requireValue } from "@kontor/sdk";
import { expect, test } from "vitest";
import { demoOperator, demoPassword } from "../src/demo/companies.ts";
import { createGround } from "./installation.ts";

test("accounts with the demo's password keep an installation that others can reach from starting", async () => {
  await using ground = await createGround();
  const own = await ground.start();
  const operator = createKontor({ baseUrl: own.url });
  const { id } = requireValue(await operator.auth.signUp({ ...demoOperator, password: demoPassword }));
  await own.accounts.makeInstallationAdmin(id);
  await own.stop();

  const refused = await ground.start({ demoAccountsAllowed: false }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "StartError", message: expect.stringContaining(demoOperator.email) });
  expect(String(refused)).not.toContain(demoPassword);

  const again = await ground.start({ port: Number(new URL(own.url).port) });
  const change = { currentPassword: demoPassword, newPassword: "correct horse battery" };
  requireValue(await operator.auth.changePassword(change));
  await again.stop();
  const open = await ground.start({ demoAccountsAllowed: false });
  await open.stop();
}, 120_000);

import { expect, test } from "vitest";
import { Caller, gatewayWorld } from "./gateway-world.ts";

test("a person signs up, founds a company and is known by his session", async () => {
  await using world = await gatewayWorld();
  const ada = new Caller(world.app);
  const signedUp = await ada.post("/v1/auth/sign-up/email", {
    name: "Ada",
    email: "ada@example.test",
    password: "correct horse battery",
  });
  expect(signedUp.status).toBe(200);
  const company = await ada.post("/v1/auth/organization/create", { name: "Ada Metals", slug: "ada-metals" });
  expect(company.status).toBe(200);
});

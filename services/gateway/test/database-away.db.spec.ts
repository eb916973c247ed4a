import { expect, test } from "vitest";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { market, person } from "./people.ts";

test("while the database is away every answer says so, and that the same may be asked again", async () => {
  await using world = await gatewayWorld();
  const { marketplaceId, operator } = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  const here = `/v1/marketplaces/${marketplaceId}`;
  await world.sql.end();
  const asked = [
    () => ada.get("/v1/me"),
    () => ada.get("/v1/marketplaces"),
    () => ada.get("/v1/auth/get-session"),
    () =>
      ada.send("POST", "/v1/auth/sign-in/email", { body: { email: "ada@example.com", password: "a wrong password" } }),
    () => ada.get(`${here}/tenders`),
    () => ada.get(`${here}/instruments`),
    () => operator.get(`${here}/assets`),
    () => operator.get(`${here}/staff`),
    () => operator.send("PATCH", here, { body: { name: "Metals" }, headers: { ...newKey(), "if-match": '"1"' } }),
    () => ada.send("POST", `${here}/participations`, { body: { side: "buyer" }, headers: newKey() }),
  ];
  for (const ask of asked) {
    const { status, body } = await ask();
    expect({ status, code: body["code"] }, ask.toString()).toEqual({ status: 503, code: "unavailable" });
  }
});

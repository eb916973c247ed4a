import { afterAll, beforeAll, expect } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import type { Market } from "./people.ts";
import { colleague, market, participate, person } from "./people.ts";

type Answer = Awaited<ReturnType<Caller["send"]>>;
type Body = Readonly<Record<string, unknown>>;

/** A marketplace with two vendors, a buyer and its operator; filled before the tests of a file. */
export type CatalogueScene = {
  world: GatewayWorld;
  market: Market;
  operator: Caller;
  /** Sellers of two companies. */
  tools: Caller;
  paper: Caller;
  buyer: Caller;
  /** Buys for the company whose seller `tools` is. */
  clerk: Caller;
  at: string;
};

export function givenCatalogue(): CatalogueScene {
  const scene = {} as CatalogueScene;
  beforeAll(async () => {
    const world = await gatewayWorld();
    const place = await market(world);
    const tools = await person(world, "Tools", "Tools Ltd");
    const paper = await person(world, "Paper", "Paper Ltd");
    const buyer = await person(world, "Buyer", "Buyer Ltd");
    await participate(place, tools);
    await participate(place, paper, "supplier");
    await participate(place, buyer, "buyer");
    const clerk = await colleague(world, tools, { name: "Clerk", role: "buyer" });
    const at = `/v1/marketplaces/${place.marketplaceId}`;
    Object.assign(scene, { world, market: place, operator: place.operator, tools, paper, buyer, clerk, at });
  });
  afterAll(() => scene.world[Symbol.asyncDispose]());
  return scene;
}

export const variantInput = (changes: Body = {}): Body => ({ baseUnit: "H87", ...changes });

export const productInput = (changes: Body = {}): Body => ({
  brand: "Bosch",
  partNo: "GSR 18V-55",
  texts: [{ language: "en", name: "Cordless drill GSR 18V-55" }],
  variants: [variantInput()],
  ...changes,
});

/** Asks and expects it to be done. */
export async function done(asked: Promise<Answer>): Promise<Answer["body"] & { readonly version: number }> {
  const { status, body } = await asked;
  expect([200, 201, 204], JSON.stringify(body)).toContain(status);
  return body as Answer["body"] & { readonly version: number };
}

type Change = { readonly version?: number; readonly body?: unknown };

/** A mutation of what was read in this version. */
export function change(who: Caller, [method, path]: readonly [string, string], { version, body }: Change = {}) {
  const match: Record<string, string> = version === undefined ? {} : { "if-match": `"${version}"` };
  const headers = { ...newKey(), ...match };
  return who.send(method, path, body === undefined ? { headers } : { body, headers });
}

export type Made = { readonly productId: string; readonly variantId: string; readonly body: Answer["body"] };

/** An active product with its first variant, or a draft. */
export async function product(
  scene: CatalogueScene,
  who: Caller,
  { active = true, ...changes }: Body & { readonly active?: boolean } = {},
): Promise<Made> {
  const draft = await done(change(who, ["POST", `${scene.at}/products`], { body: productInput(changes) }));
  const productId = String(draft["productId"]);
  const path = `${scene.at}/products/${productId}/activation`;
  const body = active ? await done(change(who, ["POST", path], { version: 1 })) : draft;
  const [variant] = draft["variants"] as { variantId: string }[];
  return { productId, variantId: String(variant?.variantId), body };
}

export const offerInput = (variantId: string, changes: Body = {}): Body => ({
  variantId,
  vendorPartNo: `V-${variantId.slice(0, 8)}`,
  orderUnit: "H87",
  ...changes,
});

/** An offer that buyers see. */
export async function activeOffer(
  scene: CatalogueScene,
  who: Caller,
  input: Body,
): Promise<{ readonly offerId: string; readonly body: Answer["body"] }> {
  const draft = await done(change(who, ["POST", `${scene.at}/offers`], { body: input }));
  const offerId = String(draft["offerId"]);
  const path = `${scene.at}/offers/${offerId}`;
  await done(change(who, ["POST", `${path}/proposal`], { version: 1 }));
  return { offerId, body: await done(change(scene.operator, ["POST", `${path}/approval`], { version: 2 })) };
}

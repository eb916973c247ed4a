import type { Actor } from "@kontor/kernel";
import type { OfferRecord, OfferStatus } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { tellReviewed } from "./offer-notices.ts";
import { offerMembers } from "./offer-records.ts";
import { trustIn } from "./offer-reviews.ts";
import { lockedOffer, offerIn, recordOffer } from "./offer-writes.ts";

type Transition = {
  readonly by: "vendor" | "operator";
  readonly from: readonly OfferStatus[];
  readonly to: OfferStatus;
  readonly action: string;
  /** Only of what can be bought as soon as the offer is active. */
  readonly needsProduct: boolean;
};

/** What becomes of an offer, and who has it become so. What is proposed by who is trusted becomes active at once. */
const transitions = {
  propose: { by: "vendor", from: ["draft", "rejected"], to: "proposed", action: "proposed", needsProduct: true },
  approve: { by: "operator", from: ["proposed"], to: "active", action: "approved", needsProduct: true },
  reject: {
    by: "operator",
    from: ["proposed", "active", "paused"],
    to: "rejected",
    action: "rejected",
    needsProduct: false,
  },
  pause: { by: "vendor", from: ["active"], to: "paused", action: "paused", needsProduct: false },
  resume: { by: "vendor", from: ["paused"], to: "active", action: "resumed", needsProduct: true },
  withdraw: {
    by: "vendor",
    from: ["draft", "proposed", "active", "paused", "rejected"],
    to: "withdrawn",
    action: "withdrawn",
    needsProduct: false,
  },
} as const satisfies Readonly<Record<string, Transition>>;

export type OfferStep = {
  readonly offerId: string;
  readonly step: keyof typeof transitions;
  readonly reason: string | null;
  readonly expectedVersion: number;
};

export function stepOfferIn(
  db: Database,
  actor: Actor,
  { offerId, step, reason, expectedVersion }: OfferStep,
): Promise<Answered<OfferRecord>> {
  const transition: Transition = transitions[step];
  return wholly(db, async (tx) => {
    if ((transition.by === "operator") !== (actor.kind === "operator")) return refused("not_found");
    const stored = await lockedOffer(tx, { actor, offerId, expectedVersion });
    if (!stored.ok) return stored;
    const { status, variantId } = stored.value;
    const { from, to, action, needsProduct } = transition;
    if (!from.includes(status)) return refused("offer_state_wrong", { state: status, allowed: from });
    if (needsProduct && !(await isListed(tx, variantId))) return refused("product_not_active", { variantId });
    const trust = step === "propose" ? await trustIn(tx, stored.value) : null;
    const done = trust === null ? { to, action, reason } : { to: "active" as const, ...trust };
    await tx
      .update(offers)
      .set({ status: done.to, version: expectedVersion + 1, updatedAt: sql`now()` })
      .where(eq(offers.id, offerId));
    const after = await offerIn(tx, offerId);
    if (after.ok) {
      const before = { ...offerMembers(after.value), status };
      await recordOffer(tx, actor, { action: done.action, reason: done.reason, before, after: after.value });
      if (action === "approved" || action === "rejected")
        await tellReviewed(tx, stored.value, { verdict: action, reason });
    }
    return after;
  });
}

async function isListed(tx: Database, variantId: string): Promise<boolean> {
  const [found] = await tx
    .select({ product: products.status, variant: variants.status })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.id, variantId));
  return found?.product === "active" && found.variant === "active";
}

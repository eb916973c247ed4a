import type { Actor } from "@kontor/kernel";
import { lotTerms, tenderTerms } from "./given-terms.ts";
import type { Script, Told } from "./given-world.ts";
import { marketplaceId, owner } from "./given-world.ts";

export const member = (companyId: string): Actor => ({
  kind: "member",
  userId: `u-${companyId}`,
  companyId,
  marketplaceId,
});
export const ownerActor = member(owner);

type Price = { readonly lot?: number; readonly company: string; readonly price: string; readonly maximum?: string };

/** An accepted bid that leads. */
export function bid(script: Script, number: number, { lot = 1, company, price, maximum }: Price): Told {
  const bidId = `${script.lotId(lot)}-b${number}`;
  return {
    type: "bid_accepted",
    lot,
    bidId,
    companyId: company,
    userId: `u-${company}`,
    price,
    ...(maximum === undefined ? {} : { maximum }),
    source: "live",
    rank: 1,
  };
}

export function admitted(...companies: readonly string[]): Told[] {
  return companies.flatMap((companyId): Told[] => [
    { type: "admission_requested", companyId, userId: `u-${companyId}` },
    { type: "supplier_admitted", companyId },
  ]);
}

export function opened(companies: readonly string[], lot = 1): Told {
  return {
    type: "lot_opened",
    lot,
    opensAt: "2026-11-06T09:00:00.000000Z",
    endsAt: "2026-11-06T09:15:00.000000Z",
    aliases: Object.fromEntries(companies.map((company, index) => [company, index + 1])),
  };
}

export function published(terms = tenderTerms()): Told[] {
  return [
    { type: "tender_published", version: 1, terms, drawCommitment: "c0ffee" },
    { type: "phase_reached", phase: "enquiries" },
    ...terms.lots.map(
      (_, index): Told => ({
        type: "lot_scheduled",
        lot: index + 1,
        opensAt: "2026-11-06T09:00:00.000000Z",
        endsAt: "2026-11-06T09:15:00.000000Z",
      }),
    ),
  ];
}

/** A tender from draft to a live lot with three admitted companies. */
export async function writeLiveTender(script: Script, rules: Parameters<typeof lotTerms>[0] = {}): Promise<void> {
  const terms = tenderTerms({ lots: [lotTerms(rules)] });
  await script.write([script.draft(terms)]);
  await script.write(published(terms));
  await script.write(admitted("ore-one", "ore-two", "ore-three"));
  await script.write([{ type: "phase_reached", phase: "waiting" }]);
  await script.write([opened(["ore-two", "ore-one", "ore-three"]), { type: "phase_reached", phase: "auction" }]);
}

/** From the last bid to the signed contract; company ore-one leads at 9400.00 and wins. */
export async function writeAward(script: Script): Promise<number> {
  const lotId = script.lotId(1);
  const ids = { awardId: `${lotId}-a1`, companyId: "ore-one" };
  const contractId = `${lotId}-c1`;
  const price = "9400.00";
  const leader = { companyId: "ore-one", bidId: `${lotId}-b2`, price };
  await script.write([
    { type: "lot_closed", lot: 1, outcome: "sold", leader, bids: 2 },
    { type: "award_proposed", lot: 1, ...ids, price, rank: 1 },
    { type: "phase_reached", phase: "evaluation" },
  ]);
  await script.write([
    { type: "award_accepted", lot: 1, ...ids, price, standstillEndsAt: "2026-11-16T09:00:00.000000Z" },
    { type: "phase_reached", phase: "standstill" },
  ]);
  await script.write([
    { type: "contract_drawn", lot: 1, contractId, ...ids, ownerCompanyId: owner, price, currency: "EUR" },
  ]);
  await script.write([
    { type: "contract_signed", lot: 1, contractId, party: "owner", userId: "clerk", complete: false },
  ]);
  return await script.write(
    [{ type: "contract_signed", lot: 1, contractId, party: "counterparty", userId: "u-ore-one", complete: true }],
    [{ type: "tender_finished", outcome: "complete", drawSecret: "secret-of-the-shard" }],
  );
}

import { act } from "../../world/tenders.ts";
import { lot, reverseRules } from "../../world/terms.ts";
import { until } from "../../world/until.ts";
import type { World } from "../../world/world.ts";

/** Ids of what is in one lot. */
export type RecordIds = { readonly bidId: string; readonly awardId: string; readonly contractId: string };

export const recordsOf = (lotId: string): RecordIds => ({
  bidId: `${lotId}-b1`,
  awardId: `${lotId}-a1`,
  contractId: `${lotId}-c1`,
});

/** A lot that Anna won from the buyer, with the contract on record; competitors see ranks alone. */
export async function decidedLot(world: World): Promise<RecordIds> {
  const { buyer, anna } = world;
  const rules = reverseRules({ visibility: "rank" });
  const tender = await world.publish({ draft: { lots: [lot(rules)] }, suppliers: [anna] });
  await tender.open();
  const lotId = tender.lotId();
  const records = recordsOf(lotId);
  await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
  await tender.close();
  const { awardId } = records;
  await buyer.boss.live().until(`lot:${lotId}`, ({ awards }) => awards?.[awardId] !== undefined, { timeoutMs: 15_000 });
  await act(buyer.boss, { type: "accept_award", lotId, awardId });
  await until("the contract is on record", async () => {
    return (await anna.boss.client.lots.contracts(lotId).all()).length === 1;
  });
  return records;
}

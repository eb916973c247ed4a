import type { JsonObject, StreamViews } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { liveViews } from "../live/live-auction.ts";
import { lotOwnViews } from "./lot-own-view.ts";
import { isRevealed } from "./lot-result.ts";
import { lotView } from "./lot-view.ts";
import type { Lot, Tender, TenderState } from "./state.ts";
import { tenderOwnViews } from "./tender-own-view.ts";
import { tenderView } from "./tender-view.ts";

/** A draft has its owner's view alone; a tender by invitation is nobody's who is not invited. */
function withPublic(tender: Tender, view: JsonObject): { readonly public?: JsonObject } {
  return tender.terms.procedure.admission.mode === "open" ? { public: view } : {};
}

function tenderViews(tender: Tender): StreamViews {
  const { marketplaceId, ownerCompanyId } = tender;
  const owner = tenderView(tender, "owner");
  if (tender.publishedAt === null) return { marketplaceId, ownerCompanyId, owner, own: new Map() };
  const shared = tenderView(tender, "shared");
  const own = tenderOwnViews(tender);
  return { marketplaceId, ownerCompanyId, ...withPublic(tender, shared), participant: shared, owner, own };
}

function lotViews(tender: Tender, lot: Lot): StreamViews {
  const { marketplaceId, ownerCompanyId } = tender;
  const live = lot.auction === null ? null : liveViews(lot.auction, { revealed: isRevealed(lot) });
  const owner = lotView(tender, lot, { part: "owner", live: live?.owner });
  if (tender.publishedAt === null) return { marketplaceId, ownerCompanyId, owner, own: new Map() };
  return {
    marketplaceId,
    ownerCompanyId,
    ...withPublic(tender, lotView(tender, lot, { part: "public", live: live?.public })),
    participant: lotView(tender, lot, { part: "participant", live: live?.participant }),
    owner,
    own: lotOwnViews(tender, lot, live?.own),
  };
}

export function viewsOf({ tender }: TenderState, stream: string): StreamViews | null {
  if (tender === null) return null;
  if (stream === `tender:${tender.tenderId}`) return tenderViews(tender);
  const lot = stream.startsWith("lot:") ? tender.lots.get(stream.slice("lot:".length)) : undefined;
  return lot === undefined ? null : lotViews(tender, lot);
}

/** Facts about a lot that the tender's own stream does not show. */
const lotOnly = new Set<TenderEvent["type"]>([
  "bid_accepted",
  "proxy_changed",
  "bid_voided",
  "initial_price_withdrawn",
]);
/** Facts about the tender that show in every lot. */
const everyLot = new Set<TenderEvent["type"]>([
  "tender_drafted",
  "tender_revised",
  "tender_published",
  "tender_amended",
  "tender_cancelled",
  "supplier_admitted",
  "supplier_excluded",
]);
export function streamsOf({ tender }: TenderState, events: readonly TenderEvent[]): readonly string[] {
  if (tender === null) return [];
  const streams = new Set<string>();
  for (const event of events) {
    if (!lotOnly.has(event.type)) streams.add(`tender:${tender.tenderId}`);
    if ("lotId" in event) streams.add(`lot:${event.lotId}`);
    if (event.type === "lots_shifted") for (const lotId of event.lotIds) streams.add(`lot:${lotId}`);
    if (everyLot.has(event.type)) for (const lotId of tender.lots.keys()) streams.add(`lot:${lotId}`);
  }
  return [...streams];
}

import type { TenderEvent } from "@kontor/protocol";
import type { Message, Occasion } from "./messages.ts";
import { admittedTo, suppliersOf } from "./messages.ts";

type LotEvent = Extract<TenderEvent, { lotId: string }>;
type EventOf<Type extends LotEvent["type"]> = Extract<LotEvent, { type: Type }>;

/** Messages about a lot: when it opens, what became of it and of one's own bids. */
export function lotMessages(occasion: Occasion): readonly Message[] {
  const { records, tender, fact } = occasion;
  const event = fact.event as LotEvent;
  const { lotId } = event;
  const owner = tender.ownerCompanyId;
  switch (event.type) {
    case "lot_scheduled":
      return scheduled(occasion, event);
    case "lot_replanned": {
      const { type: kind, opensAt, endsAt } = event;
      return [{ kind, to: suppliersOf(records), lotId, data: { opensAt, endsAt } }];
    }
    case "lot_cancelled":
    case "lot_aborted":
      return [{ kind: event.type, to: [owner, ...suppliersOf(records)], lotId, data: { reason: event.reason } }];
    case "lot_unsuccessful":
      return [{ kind: "lot_unsuccessful", to: [owner, ...admittedTo(records)], lotId, data: { reason: event.reason } }];
    case "bid_voided":
      return isExcluded(occasion, event.companyId)
        ? []
        : [{ kind: "bid_voided", to: [event.companyId], lotId, data: { bidId: event.bidId, reason: event.reason } }];
    case "price_disqualified":
      return [{ kind: "price_disqualified", to: [event.companyId], lotId, data: { reason: event.reason } }];
    case "lot_closed":
      return closed(occasion, event);
    default:
      return awardMessages(occasion, event);
  }
}

/** A notice or an amendment may schedule hundreds of lots: one message names them all. */
function scheduled({ records, fact }: Occasion, first: EventOf<"lot_scheduled">): readonly Message[] {
  const all = fact.events.filter((event) => event.type === "lot_scheduled");
  if (all[0] !== first) return [];
  const lots = all.map(({ lotId, opensAt, endsAt }) => ({ lotId, opensAt, endsAt }));
  return [{ kind: "lot_scheduled", to: suppliersOf(records), data: { lots } }];
}

/** Who is excluded is told so once, not once for each bid that falls. */
function isExcluded({ records }: Occasion, companyId: string): boolean {
  return records.suppliers.get(companyId)?.state === "excluded";
}

function closed({ records, tender }: Occasion, event: EventOf<"lot_closed">): readonly Message[] {
  const { lotId, outcome, leader, bids } = event;
  const bidders = biddersOf(records, lotId);
  const visibility = records.lots.get(lotId)?.visibility;
  // Sealed bidders learn with the result how they stand.
  if (visibility === "sealed") {
    return [
      { kind: "lot_closed", to: [tender.ownerCompanyId], lotId, data: { outcome, bids } },
      { kind: "lot_closed", to: bidders, lotId },
    ];
  }
  const first = outcome === "sold" ? "won" : "undecided";
  const standingOf = (companyId: string) => (leader?.companyId === companyId ? first : "lost");
  // Whether the reserve is met is for those who see the best price.
  const shown = visibility === "full" || visibility === "lead" ? { outcome } : {};
  return [
    { kind: "lot_closed", to: [tender.ownerCompanyId], lotId, data: { outcome, bids } },
    ...(["won", "undecided", "lost"] as const).map((standing) => ({
      kind: "lot_closed" as const,
      to: bidders.filter((companyId) => standingOf(companyId) === standing),
      lotId,
      data: { ...shown, standing },
    })),
  ];
}

function awardMessages({ records, tender }: Occasion, event: LotEvent): readonly Message[] {
  const { lotId } = event;
  const owner = tender.ownerCompanyId;
  switch (event.type) {
    case "award_proposed": {
      const { awardId, companyId, price, rank } = event;
      return [{ kind: "award_proposed", to: [companyId, owner], lotId, data: { awardId, price, rank } }];
    }
    case "award_overdue":
      return [{ kind: "award_overdue", to: [owner], lotId, data: { awardId: event.awardId } }];
    case "award_accepted": {
      const { awardId, companyId, price, standstillEndsAt } = event;
      const others = biddersOf(records, lotId).filter((bidder) => bidder !== companyId);
      const data = { awardId, price, standstillEndsAt };
      return [
        { kind: "award_accepted", to: [companyId], lotId, data: { ...data, standing: "won" } },
        { kind: "award_accepted", to: others, lotId, data: { standstillEndsAt, standing: "lost" } },
      ];
    }
    case "award_rejected":
    case "award_refused":
    case "award_cancelled": {
      const { type: kind, awardId, companyId, reason } = event;
      return [{ kind, to: kind === "award_refused" ? [owner] : [companyId], lotId, data: { awardId, reason } }];
    }
    case "contract_drawn":
      return [{ kind: "contract_drawn", to: [event.companyId, owner], lotId, data: { contractId: event.contractId } }];
    case "contract_signed":
      return signed({ records, owner }, event);
    default:
      return [];
  }
}

type Parties = { readonly records: Occasion["records"]; readonly owner: string };

/** The other side learns of a signature, both of the last one. */
function signed({ records, owner }: Parties, event: EventOf<"contract_signed">): readonly Message[] {
  const { contractId, lotId, party, complete } = event;
  const counterparty = records.contracts.get(contractId)?.companyId;
  if (counterparty === undefined) return [];
  const other = party === "owner" ? counterparty : owner;
  const to = complete ? [owner, counterparty] : [other];
  return [{ kind: "contract_signed", to, lotId, data: { contractId, party, complete } }];
}

/** Everybody who bid in the lot and is still in the tender, by id. */
function biddersOf({ bidders, suppliers }: Occasion["records"], lotId: string): string[] {
  return [...(bidders.get(lotId) ?? [])].filter((companyId) => suppliers.get(companyId)?.state !== "excluded").sort();
}

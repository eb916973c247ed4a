import { admitted, bid, opened } from "./given-events.ts";
import { lotTerms, tenderTerms } from "./given-terms.ts";
import type { Script, Told } from "./given-world.ts";
import { owner } from "./given-world.ts";

export const sealedPrices = { "ore-one": "8765.43", "ore-two": "8888.88", "ore-three": "8999.99" } as const;

export type Step = readonly Told[];
type Awarded = { readonly lot?: number; readonly company: string; readonly price: string };

/**
 * A tender in which nearly everything happens that can: entry by entry. Lot 1 is aborted, planned anew, extended,
 * paused and awarded to the second best; lot 2 is sealed; lot 3 finds nobody.
 */
export function story(script: Script): readonly Step[] {
  const terms = tenderTerms({
    lots: [
      lotTerms({ rules: { format: "proxy_forward", visibility: "full" } }),
      lotTerms({ title: "Anodes", rules: { format: "sealed", visibility: "sealed" } }),
      lotTerms({ title: "Scrap" }),
    ],
  });
  const draft = { ...terms, lots: [...terms.lots, ...terms.lots.slice(0, 1)] };
  return [...beforeOpening(script, terms, draft), ...live(script), ...evaluation(script)];
}

function beforeOpening(script: Script, terms: ReturnType<typeof tenderTerms>, draft: typeof terms): Step[] {
  const questionId = `${script.tenderId}-q1`;
  return [
    [script.draft(draft)],
    [{ type: "tender_revised", version: 2, terms }],
    [
      { type: "tender_published", version: 2, terms, drawCommitment: "c0ffee" },
      { type: "phase_reached", phase: "enquiries" },
      scheduled(1),
      scheduled(3),
    ],
    [{ type: "supplier_invited", companyId: "ore-five" }],
    admitted("ore-one", "ore-two"),
    [...admitted("ore-three", "ore-four"), { type: "admission_requested", companyId: "ore-six", userId: "u6" }],
    [{ type: "supplier_refused", companyId: "ore-six", reason: "no certificate" }],
    [{ type: "question_asked", questionId, companyId: "ore-two", text: "Which harbour?" }],
    [{ type: "question_answered", questionId, text: "Rotterdam", published: true }],
    ...Object.entries(sealedPrices).map(([companyId, price]): Step => [handedIn(companyId, price)]),
    [{ type: "initial_price_withdrawn", lot: 2, companyId: "ore-two" }],
    [
      {
        type: "tender_amended",
        version: 3,
        terms,
        changed: ["/lots/1/quantity"],
        reason: "more of it",
        initialPricesInvalidated: true,
      },
      { type: "phase_reached", phase: "submission" },
    ],
    [handedIn("ore-one", sealedPrices["ore-one"])],
    [handedIn("ore-three", "9111.11")],
    [handedIn("ore-three", sealedPrices["ore-three"])],
  ];
}

function handedIn(companyId: string, price: string): Told {
  return { type: "initial_price_submitted", lot: 2, companyId, userId: `u-${companyId}`, price };
}

function scheduled(lot: number): Told {
  return {
    type: "lot_scheduled",
    lot,
    opensAt: "2026-11-06T09:00:00.000000Z",
    endsAt: "2026-11-06T09:15:00.000000Z",
  };
}

function live(script: Script): Step[] {
  const lotId = script.lotId(1);
  const endsAt = "2026-11-06T10:20:00.000000Z";
  const first = bid(script, 2, { company: "ore-one", price: "9400.00", maximum: "9100.00" });
  return [
    [
      { type: "initial_prices_opened", lot: 2, count: 2 },
      { type: "phase_reached", phase: "waiting" },
    ],
    [opened(["ore-one", "ore-two"]), { type: "phase_reached", phase: "auction" }],
    [bid(script, 1, { company: "ore-two", price: "9450.00" })],
    [{ type: "lot_aborted", lot: 1, reason: "line cut" }],
    [{ type: "lot_replanned", lot: 1, opensAt: "2026-11-06T10:00:00.000000Z", endsAt: "2026-11-06T10:15:00.000000Z" }],
    [opened(["ore-two", "ore-one", "ore-three"])],
    [first],
    [
      {
        type: "proxy_changed",
        lot: 1,
        bidId: `${lotId}-b3`,
        companyId: "ore-one",
        userId: "u-ore-one",
        maximum: "9000.00",
        rank: 1,
        leader: { companyId: "ore-one", bidId: `${lotId}-b3`, price: "9400.00" },
      },
    ],
    [bid(script, 4, { company: "ore-four", price: "9300.00", maximum: "9250.00" })],
    [
      bid(script, 5, { company: "ore-two", price: "9200.00" }),
      { type: "lot_extended", lot: 1, endsAt, cause: "soft_close" },
    ],
    [{ type: "lot_paused", lot: 1, remainingMs: 60_000, reason: "question" }],
    [{ type: "lot_resumed", lot: 1, endsAt: "2026-11-06T10:25:00.000000Z" }],
    [
      {
        type: "bid_voided",
        lot: 1,
        bidId: `${lotId}-b5`,
        companyId: "ore-two",
        reason: "typing error",
        leader: { companyId: "ore-four", bidId: `${lotId}-b4`, price: "9300.00" },
      },
    ],
    [
      {
        type: "lot_closed",
        lot: 1,
        outcome: "sold",
        leader: { companyId: "ore-four", bidId: `${lotId}-b4`, price: "9300.00" },
        bids: 3,
      },
      award(script, 1, { company: "ore-four", price: "9300.00" }),
    ],
    [{ type: "lot_unsuccessful", lot: 3, reason: "too_few_bidders" }],
  ];
}

function award(script: Script, number: number, { lot = 1, company, price }: Awarded): Told {
  return {
    type: "award_proposed",
    lot,
    awardId: `${script.lotId(lot)}-a${number}`,
    companyId: company,
    price,
    rank: number,
  };
}

function accepted(script: Script, number: number, { lot = 1, company, price }: Awarded): Told {
  const awardId = `${script.lotId(lot)}-a${number}`;
  return {
    type: "award_accepted",
    lot,
    awardId,
    companyId: company,
    price,
    standstillEndsAt: "2026-11-16T09:00:00.000000Z",
  };
}

function evaluation(script: Script): Step[] {
  const [first, second] = [`${script.lotId(1)}-a1`, `${script.lotId(2)}-a1`];
  const contractId = `${script.lotId(2)}-c1`;
  const drawn = { awardId: second, companyId: "ore-one", ownerCompanyId: owner, price: "8765.43", currency: "EUR" };
  return [
    [{ type: "phase_reached", phase: "evaluation" }],
    [{ type: "price_evaluated", lot: 2, companyId: "ore-one", evaluatedPrice: "8800.00", note: "freight" }],
    [{ type: "price_disqualified", lot: 2, companyId: "ore-three", reason: "wrong grade" }],
    [award(script, 1, { lot: 2, company: "ore-one", price: "8765.43" })],
    [accepted(script, 1, { lot: 2, company: "ore-one", price: "8765.43" })],
    [
      { type: "award_refused", lot: 1, awardId: first, companyId: "ore-four", reason: "sold out" },
      award(script, 2, { company: "ore-one", price: "9400.00" }),
    ],
    [{ type: "award_overdue", lot: 1, awardId: `${script.lotId(1)}-a2` }],
    [accepted(script, 2, { company: "ore-one", price: "9400.00" }), { type: "phase_reached", phase: "standstill" }],
    [
      { type: "supplier_excluded", companyId: "ore-four", reason: "default" },
      { type: "bid_voided", lot: 1, bidId: `${script.lotId(1)}-b4`, companyId: "ore-four", reason: "default" },
    ],
    [{ type: "contract_drawn", lot: 2, contractId, ...drawn }],
    [{ type: "contract_signed", lot: 2, contractId, party: "counterparty", userId: "u-ore-one", complete: false }],
  ];
}

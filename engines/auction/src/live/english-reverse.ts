import type { Window } from "./limits.ts";
import { larger, smaller } from "./limits.ts";
import type { Bid, CompiledRules, Format, LiveAuction, Objection } from "./live-state.ts";
import { leaderOf } from "./live-state.ts";
import { isTaken, mayNotImprove, nextLower } from "./standings.ts";
import { mayTellBound } from "./visibility.ts";

/**
 * English reverse. The step is measured from the reference price: the bidder's own, the leader's or the next-ranked
 * bidder's. Buffers add the distance to the leader: overtake him by `front` or stay `back` behind. With buffers a bid
 * that does not overtake is welcome under every reference, and under the leader's it need only improve on one's own.
 */
export const englishReverse: Format = {
  sign: -1n,
  fixed: {},
  takesMaximum: false,
  shownAfter: null,
  tells(rules) {
    const { reference, buffers } = rules;
    const mustLead = reference === "leader" && buffers === null;
    return {
      steps: stepsTell[reference],
      buffers: buffers === null ? "none" : "leader",
      gaps: mustLead ? "none" : "any",
    };
  },

  objectionTo(auction, { companyId, price }) {
    if (mayNotImprove(auction, companyId)) return { code: "already_leading" };
    const frame = frameOf(auction, companyId);
    if (frame.own !== null && price >= frame.own) return { code: "not_better_than_own", limit: frame.own };
    const objection =
      bufferObjection(frame, price) ??
      referenceObjection(frame, price) ??
      tieObjection(auction, companyId, price) ??
      stepObjection(frame, price);
    return objection === null || mayTellBound(auction) ? objection : blurred(objection);
  },

  windowsFor(auction, companyId) {
    if (companyId !== null && mayNotImprove(auction, companyId)) return [];
    const { own, least, most, buffer } = frameOf(auction, companyId);
    if (buffer === null) return [{ low: least, high: most }];
    const behind: Window = buffer.freesFromStep
      ? { low: null, high: own === null ? null : own - 1n }
      : { low: least, high: most };
    return [
      { low: least, high: most === null ? buffer.overtake : smaller(most, buffer.overtake) },
      { low: behind.low === null ? buffer.stay : larger(behind.low, buffer.stay), high: behind.high },
    ];
  },
};

const stepsTell = { own: "none", leader: "leader", next_ranked: "any" } as const;

/** Two codes on the same side of a hidden bound would tell where between them it lies, so there is one. */
function blurred(objection: Objection): Objection {
  const { code } = objection;
  const isNear = code === "not_better_than_reference" || code === "step_too_small";
  return isNear ? { code: "not_better_than_reference" } : objection;
}

/** The bounds of one bidder's next price. */
type Frame = {
  /** His price; null for a newcomer. */
  readonly own: bigint | null;
  /** The price from which the step is measured; null: no step binds. */
  readonly reference: bigint | null;
  readonly least: bigint | null;
  readonly most: bigint | null;
  readonly buffer: Buffer | null;
};

/** The distances to a rival in the lead. */
type Buffer = {
  readonly best: bigint;
  /** The highest price that overtakes him and the lowest that stays behind. */
  readonly overtake: bigint;
  readonly stay: bigint;
  /** Measured from the leader, the step cannot bind a price behind him. */
  readonly freesFromStep: boolean;
};

function frameOf(auction: LiveAuction, companyId: string | null): Frame {
  const { rules, book } = auction;
  const own = companyId === null ? undefined : book.current.get(companyId);
  const leads = own !== undefined && own === leaderOf(auction);
  const reference = leads ? own.offer : referenceFor(auction, own);
  const rival = leads ? null : leaderOf(auction);
  return {
    own: own?.offer ?? null,
    reference,
    most: reference === null ? null : reference - rules.stepMin(reference),
    least: reference === null || rules.stepMax === null ? null : reference - rules.stepMax(reference),
    buffer: rules.buffers === null || rival === null ? null : bufferOf(rules, rival.offer),
  };
}

function bufferOf(rules: CompiledRules, best: bigint): Buffer {
  return {
    best,
    overtake: best - (rules.front > 0n ? rules.front : 1n),
    stay: best + rules.back,
    freesFromStep: rules.reference === "leader",
  };
}

function referenceFor({ rules, book }: LiveAuction, own: Bid | undefined): bigint | null {
  switch (rules.reference) {
    case "own":
      return own?.offer ?? null;
    case "leader":
      return book.order[0]?.offer ?? null;
    case "next_ranked":
      // A newcomer ranks below the last, so the last is the next above him.
      return own === undefined ? (book.order.at(-1)?.offer ?? null) : (nextLower(book.order, own.offer) ?? own.offer);
  }
}

function bufferObjection({ buffer }: Frame, price: bigint): Objection | null {
  if (buffer === null) return null;
  const code = "not_better_than_reference";
  if (price >= buffer.best) return price >= buffer.stay ? null : { code, rule: "back", limit: buffer.stay };
  return price <= buffer.overtake ? null : { code, rule: "front", limit: buffer.overtake };
}

function isStepBound({ buffer }: Frame, price: bigint): boolean {
  return buffer === null || !buffer.freesFromStep || price < buffer.best;
}

function referenceObjection(frame: Frame, price: bigint): Objection | null {
  const { reference } = frame;
  if (reference === null || price < reference || !isStepBound(frame, price)) return null;
  return { code: "not_better_than_reference", limit: reference };
}

function tieObjection({ rules, book }: LiveAuction, companyId: string, price: bigint): Objection | null {
  return !rules.tiesAllowed && isTaken(book, companyId, price) ? { code: "tie_forbidden", limit: price } : null;
}

function stepObjection(frame: Frame, price: bigint): Objection | null {
  if (!isStepBound(frame, price)) return null;
  if (frame.most !== null && price > frame.most) return { code: "step_too_small", limit: frame.most };
  if (frame.least !== null && price < frame.least) return { code: "step_too_large", limit: frame.least };
  return null;
}

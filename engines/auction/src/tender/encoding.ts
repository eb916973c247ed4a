import type { JsonObject } from "@kontor/kernel";
import { decodeLive, encodeLive } from "../live/live-auction.ts";
import type { Award, Contract, InitialPrice, Lot, Question, Supplier, Tender, TenderState } from "./state.ts";
import { newLotViewCache, newTenderViewCache } from "./view-cache.ts";

/*
 * Snapshots. Maps become lists in their order, minor units become text; views and wake-ups are made anew.
 * JSON may hold the terms' nulls here: snapshots are no views.
 */

type Written<Part extends { price: bigint }> = Omit<Part, "price"> & { readonly price: string };
type Remade = "cache" | "wake" | "liveLots";

type EncodedLot = Omit<Lot, "cache" | "prices" | "auction" | "aliases" | "awards" | "contract"> & {
  readonly prices: readonly Written<InitialPrice>[];
  readonly auction: JsonObject | null;
  readonly aliases: readonly (readonly [string, number])[] | null;
  readonly awards: readonly Written<Award>[];
  readonly contract: Written<Contract> | null;
};

type EncodedTender = Omit<Tender, Remade | "suppliers" | "questions" | "lots"> & {
  readonly suppliers: readonly Supplier[];
  readonly questions: readonly Question[];
  readonly lots: readonly EncodedLot[];
};

function encodeLot({ cache: _, prices, auction, aliases, awards, contract, ...rest }: Lot): EncodedLot {
  return {
    ...rest,
    prices: [...prices.values()].map((price) => ({ ...price, price: price.price.toString() })),
    auction: auction === null ? null : encodeLive(auction),
    aliases: aliases === null ? null : [...aliases],
    awards: awards.map((award) => ({ ...award, price: award.price.toString() })),
    contract: contract === null ? null : { ...contract, price: contract.price.toString() },
  };
}

function decodeLot({ prices, auction, aliases, awards, contract, ...rest }: EncodedLot): Lot {
  return {
    ...rest,
    prices: new Map(prices.map((price) => [price.companyId, { ...price, price: BigInt(price.price) }])),
    auction: auction === null ? null : decodeLive(auction),
    aliases: aliases === null ? null : new Map(aliases),
    awards: awards.map((award) => ({ ...award, price: BigInt(award.price) })),
    contract: contract === null ? null : { ...contract, price: BigInt(contract.price) },
    cache: newLotViewCache(),
  };
}

export function encode({ tender }: TenderState): JsonObject {
  if (tender === null) return {};
  const { cache: _, wake: __, liveLots: ___, suppliers, questions, lots, ...rest } = tender;
  const encoded: EncodedTender = {
    ...rest,
    amendments: [...tender.amendments],
    suppliers: [...suppliers.values()],
    questions: [...questions.values()],
    lots: [...lots.values()].map(encodeLot),
  };
  return { tender: encoded as unknown as JsonObject };
}

/** The state that was encoded; the argument's parts are taken over, not copied. */
export function decode(json: JsonObject): TenderState {
  if (json["tender"] === undefined) return { tender: null };
  const { suppliers, questions, lots, ...rest } = json["tender"] as unknown as EncodedTender;
  const decoded = lots.map(decodeLot);
  const live = decoded.filter(({ phase }) => phase === "open" || phase === "paused");
  return {
    tender: {
      ...rest,
      suppliers: new Map(suppliers.map((supplier) => [supplier.companyId, supplier])),
      questions: new Map(questions.map((question) => [question.questionId, question])),
      lots: new Map(decoded.map((lot) => [lot.lotId, lot])),
      liveLots: new Map(live.map((lot) => [lot.lotId, lot])),
      wake: undefined,
      cache: newTenderViewCache(),
    },
  };
}

import type { Actor, Micros } from "@kontor/kernel";
import type {
  QuoteAcceptanceRecord,
  QuoteAdditionInput,
  QuoteComparison,
  QuoteOrderInput,
  QuoteQuery,
  QuoteRecord,
  QuoteSummary,
} from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { moneyIn } from "../buying/number-texts.ts";
import { isOwned, newestFirst } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import { pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf } from "../repositories/scope.ts";
import { quoteRequests, quotes } from "../schema/catalog-quotes.ts";
import type { Accepting } from "./acceptance.ts";
import { agreeQuote } from "./agree-quote.ts";
import { compareRequest } from "./comparison.ts";
import { orderQuote } from "./order-quote.ts";
import { findQuotes, quoteColumns, quoteRecordOf, quoteSummaryOf, seesQuote } from "./quote-reads.ts";
import type { Sending } from "./send-version.ts";
import { sendVersion } from "./send-version.ts";

/** Vendors' answers to requests. A vendor sees his own alone, and none that there are others. */
export type QuoteRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<QuoteQuery>) => Promise<Listing<QuoteSummary>>;
  /** With all versions that were ever sent. */
  readonly find: (actor: Actor, quoteId: string) => Promise<QuoteRecord | undefined>;
  /** As an invited vendor: the first version, or one more, which takes the place of those before. */
  readonly send: (actor: Actor, sending: Sending) => Promise<Answered<QuoteRecord>>;
  /** As the buyer, what he reckons on top when he compares. */
  readonly weigh: (actor: Actor, quoteId: string, addition: QuoteAdditionInput) => Promise<Answered<QuoteRecord>>;
  /** Undefined where the request is not the actor's company's. */
  readonly compare: (actor: Actor, requestId: string, at: Micros) => Promise<QuoteComparison | undefined>;
  /** A purchase order of lines of the newest version. */
  readonly order: (accepting: Accepting<QuoteOrderInput>) => Promise<Answered<QuoteAcceptanceRecord>>;
  /** An agreement with a price list of them. */
  readonly agree: (accepting: Accepting) => Promise<Answered<QuoteAcceptanceRecord>>;
};

const newest = newestFirst("quotes", { at: quotes.createdAt, id: quotes.id });

export function createQuoteRepository(db: Database, engine: BuyingEngine): QuoteRepository {
  const read = async (from: Database, actor: Actor, quoteId: string): Promise<QuoteRecord | undefined> => {
    const [found] = await findQuotes(from, actor, eq(quotes.id, quoteId));
    return found && (await quoteRecordOf({ db: from, engine }, actor, found));
  };
  const answer = async (from: Database, actor: Actor, quoteId: string): Promise<Answered<QuoteRecord>> => {
    const quote = await read(from, actor, quoteId);
    return quote === undefined ? refused("quote_unknown") : answered(quote);
  };

  return {
    list: (actor, { requestId, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(quoteColumns)
            .from(quotes)
            .innerJoin(quoteRequests, eq(quoteRequests.id, quotes.requestId))
            .where(allOf(seesQuote(actor), oneOf(quotes.requestId, requestId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.createdAt, row.id],
        entryOf: quoteSummaryOf,
      }),

    find: (actor, quoteId) => read(db, actor, quoteId),

    send: (actor, sending) =>
      wholly(db, async (tx) => {
        const sent = await sendVersion(tx, actor, sending);
        return sent.ok ? await answer(tx, actor, sent.value) : sent;
      }),

    weigh: (actor, quoteId, { amount, note }) =>
      wholly(db, async (tx) => {
        const [found] = await tx
          .select({ currency: quoteRequests.currency })
          .from(quotes)
          .innerJoin(quoteRequests, eq(quoteRequests.id, quotes.requestId))
          .where(and(isOwned(actor, quoteRequests), eq(quotes.id, quoteId)));
        if (found === undefined) return refused("quote_unknown");
        const decimals = engine.exponentOf(found.currency);
        const addition = amount === null ? null : moneyIn(amount, decimals);
        if (amount !== null && addition === null) {
          return refused("amount_too_fine", { currency: found.currency, decimals, pointer: "/amount" });
        }
        await tx.update(quotes).set({ addition, additionNote: note }).where(eq(quotes.id, quoteId));
        return await answer(tx, actor, quoteId);
      }),

    compare: (actor, requestId, at) => compareRequest(db, engine, { actor, requestId, at }),
    order: (accepting) => orderQuote(db, engine, accepting),
    agree: (accepting) => agreeQuote(db, engine, accepting),
  };
}

import { indexPriceBook } from "@kontor/catalog";
import type { PricesShown } from "@kontor/db";
import type { Actor, Clock } from "@kontor/kernel";
import { microsOfInstant, parseDecimal } from "@kontor/kernel";
import type { PriceQuery as PriceQueryInput } from "@kontor/protocol";
import { MarketplaceId, OfferId, PriceAnswer, PriceAnswers, PriceLines, PriceQuery } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { priceAnswerOf } from "../../pricing/price-answer.ts";
import type { LinePriced, LineWanted } from "../../pricing/priced-lines.ts";
import { pricedLines } from "../../pricing/priced-lines.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, foundOrRefusal } from "../answers.ts";

const tags = ["prices"];
const market = "/v1/marketplaces/:marketplaceId";

export type PriceParts = Pick<Repositories, "prices"> & { readonly clock: Clock };

/** What something costs somebody, and why; now or at a past instant. */
export function priceRoutes(app: FastifyInstance, parts: PriceParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${market}/offers/:offerId/price`,
    {
      config: { permission: permissionOf("read_prices") },
      schema: {
        tags,
        operationId: "read_price",
        summary: "One's own price of an offer, with the reasons; for its vendor and staff another buyer's too",
        params: z.strictObject({ marketplaceId: MarketplaceId, offerId: OfferId }),
        querystring: PriceQuery,
        response: { 200: PriceAnswer },
      },
    },
    async ({ actor, params: { offerId }, query }) => {
      const { quantity, unit, ...who } = query;
      const { facts, lines } = await priced(parts, actor, { who, lines: [lineOf({ offerId, quantity, unit })] });
      const line = foundOrRefusal(lines.find((one) => facts.shown.has(one.offerId)));
      if (line.termsFault !== null) {
        const { code, ...data } = line.termsFault;
        throw new Refusal(code, data);
      }
      return priceAnswerOf(line, facts, indexPriceBook(facts.records));
    },
  );

  routes.post(
    `${market}/prices`,
    {
      config: { permission: permissionOf("read_prices"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "price_lines",
        summary: "Prices of up to 200 lines at once, as they are in one cart",
        params: z.strictObject({ marketplaceId: MarketplaceId }),
        body: PriceLines,
        response: { 200: PriceAnswers },
      },
    },
    async ({ actor, body: { lines: wanted, ...who } }) => {
      const { facts, lines } = await priced(parts, actor, { who, lines: wanted.map(lineOf) });
      const book = indexPriceBook(facts.records);
      return { lines: lines.map((line) => priceAnswerOf(line, facts, book)) };
    },
  );
}

type Who = Omit<PriceQueryInput, "quantity" | "unit">;
type Asked = { readonly who: Who; readonly lines: readonly LineWanted[] };

async function priced(
  { prices, clock }: PriceParts,
  actor: Actor,
  { who, lines }: Asked,
): Promise<{ facts: PricesShown; lines: readonly LinePriced[] }> {
  const now = clock.now();
  const at = who.at === undefined ? now : microsOfInstant(who.at);
  if (at === null) throw new Refusal("period_invalid", { pointer: "/at" });
  const { buyerId, divisionId, channel = null, currency, agreementId } = who;
  const offerIds = [...new Set(lines.map(({ offerId }) => offerId))];
  const asking = { buyerId, divisionId, channelId: channel, offerIds, at, now };
  const facts = answerOrRefusal(await prices.shownTo(actor, asking));
  return { facts, lines: pricedLines(facts, { lines, at, purpose: "display", currency, agreementId }) };
}

type LineText = {
  readonly offerId: string;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
};

function lineOf({ offerId, quantity, unit }: LineText): LineWanted {
  const millionths = quantity === undefined ? undefined : parseDecimal(quantity, 6);
  return { offerId, unit, quantity: typeof millionths === "bigint" ? millionths : undefined };
}

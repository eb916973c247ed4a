import type { ViewRequest } from "@kontor/bus";
import { foundView } from "./fake-host.ts";
import type { GatewayWorld } from "./gateway-world.ts";

export const tenderId = "0190a7c0-0000-7000-8000-000000000001";
export const lotId = `${tenderId}-1`;

/** The host knows one published tender, visible to whoever is in its marketplace. */
export function publishTender(
  world: GatewayWorld,
  tender: { readonly marketplaceId: string; readonly ownerCompanyId: string; readonly direction?: "buy" | "sell" },
): void {
  const { marketplaceId, ownerCompanyId, direction = "buy" } = tender;
  world.host.view = ({ shard, actor, stream }: ViewRequest) => {
    if (shard !== tenderId || actor.marketplaceId !== marketplaceId) return { found: false };
    const audience = actor.companyId === ownerCompanyId || actor.companyId === null ? "owner" : "public";
    const view = stream.startsWith("lot:") ? lotView(direction) : { phase: "submission", direction, version: 3 };
    return foundView({ marketplaceId, ownerCompanyId, audience, view });
  };
}

function lotView(direction: "buy" | "sell") {
  return {
    lotId,
    tenderId,
    number: 1,
    title: "Copper cathodes",
    direction,
    format: "english_reverse",
    visibility: "rank",
    currency: "EUR",
    priceScale: 2,
    phase: "open",
    extensions: 0,
    secret: "never shown",
  };
}

export const terms = {
  title: "Copper cathodes",
  direction: "buy",
  currency: "EUR",
  procedure: {
    admission: { mode: "open", approval: "automatic" },
    initialPrices: "none",
    liveAuction: true,
    schedule: { mode: "parallel", gapMs: 0 },
  },
  calendar: {},
  lots: [
    {
      title: "25 t grade A",
      quantity: { value: "25", unit: "TNE" },
      rules: {
        format: "english_reverse",
        currency: "EUR",
        priceScale: 2,
        startPrice: "9000.00",
        stepMin: { kind: "absolute", amount: "5.00" },
        softClose: { variant: "none" },
        visibility: "rank",
        durationMs: 600_000,
      },
    },
  ],
};

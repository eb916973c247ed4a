import type { Actor } from "@kontor/kernel";
import type { TenderCommandOf } from "@kontor/protocol";
import type { TenderFactsReader } from "../access/tender-facts.ts";
import type { Repositories } from "../dependencies.ts";
import { Refusal } from "../refusal.ts";
import type { TradingClient } from "./trading-client.ts";

type Command = { readonly type: string };

/** What the marketplace demands of a command beside its sender's role; the trading host knows no marketplaces. */
export type MarketRules = {
  /** @throws Refusal `conflict` or `supplier_not_found` */
  readonly check: (command: Command, actor: Actor) => Promise<void>;
};

type Parts = {
  readonly repositories: Pick<Repositories, "marketplaces" | "participations">;
  readonly facts: Pick<TenderFactsReader, "visibleTo">;
  readonly trading: Pick<TradingClient, "view">;
};

export function createMarketRules({ repositories, facts, trading }: Parts): MarketRules {
  /** A closed marketplace takes no new tenders. One that is there was not made now: the host answers about it as ever. */
  async function checkCreation(actor: Actor, { marketplaceId, tenderId }: TenderCommandOf<"create_tender">) {
    const marketplace = await repositories.marketplaces.find(marketplaceId);
    if (marketplace?.status !== "closed") return;
    const existing = await trading.view(actor, tenderId, `tender:${tenderId}`);
    if (existing === null) {
      throw new Refusal("conflict", { pointer: "/marketplaceId", detail: "The marketplace is closed to new tenders." });
    }
  }

  /**
   * Only companies that the directory shows on the other side may be invited, and all others are refused alike: whoever
   * tries ids learns no more than the directory tells him.
   */
  async function checkInvitation(actor: Actor, { tenderId, companyId }: TenderCommandOf<"invite_supplier">) {
    const tender = await facts.visibleTo(actor, tenderId);
    // The host refuses who does not own the tender, and who invites himself.
    if (tender === null || tender.ownerCompanyId !== actor.companyId || tender.ownerCompanyId === companyId) return;
    const counterpart = tender.direction === "buy" ? "supplier" : "buyer";
    const entry = await repositories.participations.findInDirectory(actor, companyId);
    if (entry?.side === counterpart || entry?.side === "both") return;
    throw new Refusal("supplier_not_found", {
      pointer: "/companyId",
      detail: "The marketplace's directory shows no such company on the other side of this tender.",
    });
  }

  return {
    async check(command, actor) {
      if (command.type === "create_tender") await checkCreation(actor, command as TenderCommandOf<"create_tender">);
      if (command.type === "invite_supplier") {
        await checkInvitation(actor, command as TenderCommandOf<"invite_supplier">);
      }
    },
  };
}

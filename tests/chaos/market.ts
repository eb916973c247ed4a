import { connect } from "@kontor/db";
import { createAccountStore } from "@kontor/db/auth";
import { instantOfMicros, microsOfMs, partIdOf } from "@kontor/kernel";
import type { ParticipationSide } from "@kontor/protocol";
import type { KeyRole, Kontor } from "@kontor/sdk";
import { createKontor, newId, requireReceipt, requireValue } from "@kontor/sdk";
import { lot, reverseRules, termsOf } from "../world/terms.ts";

/** A company and the key its programs trade with. */
export type Trader = { readonly companyId: string; readonly apiKey: string };

export type Market = {
  readonly marketplaceId: string;
  /** Makes a company that takes part, with a key for its programs. */
  readonly trader: (name: string, side: ParticipationSide, role: KeyRole) => Promise<Trader>;
};

const password = "correct horse battery staple";

/** A marketplace on an installation that has none, whose first administrator is made as on any other: in the database. */
export async function openMarket({
  url,
  databaseUrl,
}: {
  readonly url: string;
  readonly databaseUrl: string;
}): Promise<Market> {
  const operator = createKontor({ baseUrl: url });
  const { id } = requireValue(
    await operator.auth.signUp({ name: "Operator", email: "operator@example.test", password }),
  );
  const connection = connect(databaseUrl, { max: 1 });
  await createAccountStore(connection.db).makeInstallationAdmin(id);
  await connection.close();
  const input = { slug: "metals", name: "Market of metals", currency: "EUR" };
  const { marketplaceId } = requireValue(await operator.marketplaces.create(input));
  requireValue(await operator.marketplaces.appoint(marketplaceId, id, "operator"));
  // One person founds all companies: who holds which office is not what is looked at here.
  const founder = createKontor({ baseUrl: url });
  requireValue(await founder.auth.signUp({ name: "Founder", email: "founder@example.test", password }));
  return {
    marketplaceId,
    async trader(name, side, role) {
      const { id: companyId } = requireValue(await founder.companies.create(name));
      requireValue(await founder.companies.setActive(companyId));
      const profile = { legalName: name, country: "DE", registrationNo: "HRB 1", vatId: "", address: "Kai 1" };
      requireValue(await founder.companies.saveProfile(profile));
      requireValue(await founder.participations.request(marketplaceId, side));
      requireValue(await operator.participations.approve({ marketplaceId, companyId }));
      const { key } = requireValue(await founder.apiKeys.create({ name: "robot", roles: [role] }));
      return { companyId, apiKey: key };
    },
  };
}

export type AuctionOrder = {
  readonly url: string;
  readonly marketplaceId: string;
  readonly buyer: Trader;
  readonly bidders: readonly Trader[];
  readonly lots: number;
};

/** The price that nobody bids above; each bid takes one off, so there are enough below it. */
export const startPrice = 10_000_000_000;
const yearMs = 31_536_000_000;
const openWithinMs = 60_000;

/**
 * A published tender whose lots are open for a year: English reverse auctions in which every company has only its own
 * price to undercut, so that hardly a bid is refused.
 *
 * @returns the ids of the lots
 */
export async function openAuctions(order: AuctionOrder): Promise<readonly string[]> {
  const { url, marketplaceId, buyer, bidders, lots } = order;
  const owner = clientOf(url, buyer);
  const tenderId = newId();
  const rules = reverseRules({
    startPrice: `${startPrice}.00`,
    stepMin: { kind: "absolute", amount: "1.00" },
    reference: "own",
    selfRaise: true,
    durationMs: yearMs,
  });
  const terms = termsOf({
    calendar: { auctionOpensAt: instantIn(3_600_000) },
    lots: Array.from({ length: lots }, () => lot(rules)),
  });
  requireReceipt(await owner.commands.createTender({ marketplaceId, tenderId, terms }));
  requireReceipt(await owner.commands.publishTender({ tenderId, expectedVersion: 1 }));
  for (const bidder of bidders) requireReceipt(await clientOf(url, bidder).commands.requestAdmission({ tenderId }));
  const changes = { calendar: { auctionOpensAt: instantIn(1_000) } };
  const { view } = requireValue(await owner.tenders.get(tenderId));
  const { version: expectedVersion } = view;
  requireReceipt(await owner.commands.amendTender({ tenderId, expectedVersion, changes, reason: "All are here." }));
  const lotIds = Array.from({ length: lots }, (_, index) => partIdOf(tenderId, index + 1));
  await allOpen(owner, lotIds);
  return lotIds;
}

async function allOpen(owner: Kontor, lotIds: readonly string[]): Promise<void> {
  const live = owner.live();
  try {
    const isOpen = (lotId: string) =>
      live.until(`lot:${lotId}`, ({ phase }) => phase === "open", { timeoutMs: openWithinMs });
    await Promise.all(lotIds.map(isOpen));
  } finally {
    live.close();
  }
}

export function clientOf(url: string, { apiKey }: Trader): Kontor {
  return createKontor({ baseUrl: url, credentials: { apiKey } });
}

function instantIn(ms: number): string {
  return instantOfMicros(microsOfMs(Date.now() + ms));
}

import { connect } from "@kontor/db";
import { createAccountStore } from "@kontor/db/auth";
import { instantOfMicros, microsOfMs, partIdOf } from "@kontor/kernel";
import type { KeyRole, ParticipationSide } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { createKontor, newId, ProblemError, requireReceipt, requireValue } from "@kontor/sdk";
import { lot, reverseRules, termsOf } from "../world/terms.ts";

/** A company and the key its programs trade with. */
export type Trader = { readonly companyId: string; readonly apiKey: string };

export type Market = {
  readonly marketplaceId: string;
  readonly operator: Kontor;
  /** By which the server knows the operator, for what the client has no words for. */
  readonly operatorHeaders: () => Readonly<Record<string, string>>;
  /** Makes companies that take part, each with a key for its programs. */
  readonly traders: (order: TraderOrder) => Promise<readonly Trader[]>;
};

export type TraderOrder = {
  readonly count: number;
  readonly name: string;
  readonly side: ParticipationSide;
  /** Of the company's key. */
  readonly roles: readonly KeyRole[];
};

const password = "correct horse battery staple";
/** One person may not found more. */
const companiesPerFounder = 20;

/** A marketplace on an installation that has none; its first administrator is made in the database, as on any other. */
export async function openMarket(server: { readonly url: string; readonly databaseUrl: string }): Promise<Market> {
  const { url, databaseUrl } = server;
  let sent: Readonly<Record<string, string>> = {};
  const operator = createKontor({
    baseUrl: url,
    fetch(address, init) {
      sent = init.headers as Record<string, string>;
      return fetch(address, init);
    },
  });
  const { id } = requireValue(
    await operator.auth.signUp({ name: "Operator", email: "operator@example.test", password }),
  );
  const connection = connect(databaseUrl, { max: 1 });
  await createAccountStore(connection.db).makeInstallationAdmin(id);
  await connection.close();
  const input = { slug: "metals", name: "Market of metals", currency: "EUR" };
  const { marketplaceId } = requireValue(await operator.marketplaces.create(input));
  requireValue(await operator.marketplaces.appoint({ marketplaceId, userId: id }, "operator"));
  const place: Place = { url, marketplaceId, operator };
  return {
    marketplaceId,
    operator,
    operatorHeaders: () => ({ cookie: sent["cookie"] ?? "" }),
    async traders(order) {
      const groups: Promise<readonly Trader[]>[] = [];
      for (let first = 1; first <= order.count; first += companiesPerFounder) {
        const count = Math.min(companiesPerFounder, order.count - first + 1);
        groups.push(found(place, { ...order, count, name: `${order.name} ${first}` }));
      }
      return (await Promise.all(groups)).flat();
    },
  };
}

type Place = { readonly url: string; readonly marketplaceId: string; readonly operator: Kontor };

/** One person founds them all, one after the other: who holds which office is not what is looked at here. */
async function found({ url, marketplaceId, operator }: Place, order: TraderOrder): Promise<readonly Trader[]> {
  const founder = createKontor({ baseUrl: url });
  const email = `${order.name.replaceAll(" ", "-")}@example.test`;
  requireValue(await founder.auth.signUp({ name: `Founder of ${order.name}`, email, password }));
  const traders: Trader[] = [];
  for (let number = 1; number <= order.count; number++) {
    const name = `${order.name}/${number}`;
    const { id: companyId } = requireValue(await founder.companies.create(name));
    requireValue(await founder.companies.setActive(companyId));
    const profile = { legalName: name, country: "DE", registrationNo: "HRB 1", vatId: "", address: "Kai 1" };
    requireValue(await founder.companies.saveProfile(profile));
    const { version } = requireValue(await founder.participations.request(marketplaceId, order.side));
    requireValue(await operator.participations.approve({ marketplaceId, companyId, version }));
    const { key } = requireValue(await founder.apiKeys.create({ name: "robot", roles: order.roles }));
    traders.push({ companyId, apiKey: key });
  }
  return traders;
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
const opensAfterMs = [1_000, 4_000, 16_000];
const openWithinMs = 60_000;
const admissionsAtOnce = 10;

/** Publishes and waits until the lots are open. @returns their ids */
export async function openAuctions(order: AuctionOrder): Promise<readonly string[]> {
  const lotIds = await publishAuctions(order);
  await allOpen(clientOf(order.url, order.buyer), lotIds);
  return lotIds;
}

/**
 * A published tender whose lots open in a moment for a year: English reverse auctions in which every company has only
 * its own price to undercut, so that hardly a bid is refused.
 *
 * @returns the ids of the lots
 */
export async function publishAuctions(order: AuctionOrder): Promise<readonly string[]> {
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
  for (let first = 0; first < bidders.length; first += admissionsAtOnce) {
    const clients = bidders.slice(first, first + admissionsAtOnce).map((bidder) => clientOf(url, bidder));
    const asked = clients.map(({ commands }) => commands.requestAdmission({ tenderId }));
    for (const outcome of await Promise.all(asked)) requireReceipt(outcome);
  }
  await openSoon(owner, tenderId);
  return Array.from({ length: lots }, (_, index) => partIdOf(tenderId, index + 1));
}

/** A machine that is too slow for a date gets more time at the next attempt. */
async function openSoon(owner: Kontor, tenderId: string): Promise<void> {
  for (const waitMs of opensAfterMs) {
    const { view } = requireValue(await owner.tenders.get(tenderId));
    const { version: expectedVersion } = view;
    const changes = { calendar: { auctionOpensAt: instantIn(waitMs) } };
    const amended = await owner.commands.amendTender({ tenderId, expectedVersion, changes, reason: "All are here." });
    if (amended.ok) return;
    if (amended.problem["rule"] !== "date_past") throw new ProblemError(amended.problem);
  }
  throw new Error(`the auctions of ${tenderId} cannot be opened: this machine is too slow`);
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

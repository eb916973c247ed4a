import { microsOfInstant, msOfMicros, parseDecimal, partIdOf } from "@kontor/kernel";
import type { LotView, OwnLotView, TenderPersonCommandInput } from "@kontor/protocol";
import type { Kontor, LiveClient } from "@kontor/sdk";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import type { Standalone } from "../create-standalone.ts";
import type { Stall } from "../enrol.ts";
import { enrol, openStall } from "../enrol.ts";
import { dayAndTime, eventLine, grouped } from "../lot/lines.ts";
import type { ConductedClock } from "./conducted-clock.ts";
import type { RecordedAuction, RecordedBid, RecordedEnd } from "./recorded-auction.ts";
import { tellReplay } from "./replay-lines.ts";
import { replayTerms } from "./replay-terms.ts";
import type { ReplayOutcome } from "./run-replay.ts";

export type ReplayParts = {
  readonly record: RecordedAuction;
  readonly speed: number | undefined;
  readonly say: (line: string) => void;
  readonly standalone: Standalone;
  readonly clock: ConductedClock;
};

type Owner = { readonly client: Kontor; readonly live: LiveClient };
type Bidder = { readonly client: Kontor; readonly companyId: string; readonly live: LiveClient };

/** How long the live part and all that was before it take, where no speed is asked for. */
const liveLastsMs = 3_000;
const earlierLastsMs = 500;
const patienceMs = 15_000;
const password = "a password of the replay";

/** One recorded auction on one installation, from its accounts to its award. */
export class Replay {
  readonly #parts: ReplayParts;
  readonly #tenderId = newId();
  readonly #lotId = partIdOf(this.#tenderId, 1);
  readonly #bidders = new Map<string, Bidder>();
  readonly #tokens = new Map<string, string>();
  #refused = 0;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  async run(): Promise<ReplayOutcome> {
    const { record, standalone } = this.#parts;
    const stall = await openStall({
      url: standalone.url,
      accounts: standalone.accounts,
      operator: { name: "Operator", email: "operator@replay.example", password },
      marketplace: { slug: "replay", name: "Replay", currency: record.rules.currency },
    });
    const owner = await this.#company(stall, "owner");
    await this.#publish(stall, owner.client);
    await Promise.all([...new Set(record.bids.map(({ bidder }) => bidder))].map((token) => this.#admit(stall, token)));
    const { client } = owner;
    const live = client.live();
    try {
      await this.#play({ client, live });
      await this.#award({ client, live });
      return await this.#outcome({ client, live });
    } finally {
      for (const link of [live, ...Array.from(this.#bidders.values(), (bidder) => bidder.live)]) link.close();
    }
  }

  async #play({ client, live }: Owner): Promise<void> {
    const { record, clock, say } = this.#parts;
    const { opensAt } = record;
    const [earlier, later] = [
      record.bids.filter(({ at }) => at < opensAt),
      record.bids.filter(({ at }) => at >= opensAt),
    ];
    const earlierSpeed = Math.max(1, (opensAt - clock.now()) / 1000 / earlierLastsMs);
    for (const bid of earlier) await this.#act(bid, earlierSpeed);
    await clock.runTo(opensAt, earlierSpeed);
    await live.until(`lot:${this.#lotId}`, isOpen, { timeoutMs: patienceMs });
    await Promise.all(Array.from(this.#bidders, ([token, bidder]) => this.#learnAlias(token, bidder)));
    tellReplay(live, this.#lotId, { clock, say, nameOf: this.#nameOf });
    const span = Math.max(record.rules.durationMs, ((later.at(-1)?.at ?? opensAt) - opensAt) / 1000);
    const speed = this.#parts.speed ?? Math.max(1, span / liveLastsMs);
    for (const bid of later) await this.#act(bid, speed);
    const { view } = requireValue(await client.lots.get(this.#lotId));
    await clock.runTo((microsOfInstant(view.endsAt ?? "") ?? clock.now()) + 1, speed);
    await live.until(`lot:${this.#lotId}`, (now) => !isOpen(now), { timeoutMs: patienceMs });
  }

  /** One recorded act at its recorded instant. The clock stands until it is decided. */
  async #act(bid: RecordedBid, speed: number): Promise<void> {
    const { clock, say } = this.#parts;
    await clock.runTo(bid.at, speed);
    const outcome = await this.#bidders.get(bid.bidder)?.live.command(this.#commandOf(bid));
    if (outcome === undefined || outcome.ok) return;
    this.#refused += 1;
    const words = `${grouped(bid.amount)}: ${outcome.problem.title}`;
    say(eventLine(dayAndTime(msOfMicros(bid.at)), "refused", [bid.bidder, 26], [words, 0]));
  }

  #commandOf({ kind, amount }: RecordedBid): TenderPersonCommandInput {
    const lotId = this.#lotId;
    if (kind === "proxy") return { type: "set_proxy", lotId, maximum: amount };
    return { type: kind === "bid" ? "submit_bid" : "submit_initial_price", lotId, price: amount };
  }

  /** The recorded decisions, each on the award that is pending then. */
  async #award({ live }: Owner): Promise<void> {
    const lotId = this.#lotId;
    for (const decision of this.#parts.record.decisions) {
      const { view } = await live.until(`lot:${lotId}`, isDecidable, { timeoutMs: patienceMs });
      const awardId = pendingIn(view);
      if (awardId === undefined) return;
      const outcome =
        decision === "accept"
          ? await live.commands.acceptAward({ lotId, awardId })
          : await live.commands.rejectAward({ lotId, awardId, reason: "Not eligible, as recorded." });
      requireReceipt(outcome);
      if (decision === "reject") this.#tellRejection(view.awards?.[awardId]);
      await live.until(`lot:${lotId}`, (now) => pendingIn(now) !== awardId, { timeoutMs: patienceMs });
    }
  }

  #tellRejection(award: NonNullable<LotView["awards"]>[string] | undefined): void {
    const { clock, record, say } = this.#parts;
    const price = `${grouped(award?.price ?? "")} ${record.rules.currency}`;
    say(
      eventLine(
        dayAndTime(msOfMicros(clock.now())),
        "rejected",
        [this.#tokenOf(award) ?? "", 26],
        [price, -16],
        ["as recorded", 0],
      ),
    );
  }

  async #outcome({ client }: Owner): Promise<ReplayOutcome> {
    const { record } = this.#parts;
    const { view } = requireValue(await client.lots.get(this.#lotId));
    const award = Object.values(view.awards ?? {}).at(-1);
    const replayed: RecordedEnd = { bidder: this.#tokenOf(award), price: award?.price ?? null };
    const sameBidder = replayed.bidder === record.end.bidder;
    const agrees = sameBidder && samePrice(replayed.price, record.end.price, record.rules.priceScale);
    return { recorded: record.end, replayed, refused: this.#refused, agrees };
  }

  #tokenOf(award: { readonly companyId?: string | undefined } | undefined): string | null {
    const found = [...this.#bidders].find(([, { companyId }]) => companyId === award?.companyId);
    return found?.[0] ?? null;
  }

  async #publish({ marketplaceId }: Stall, owner: Kontor): Promise<void> {
    const tenderId = this.#tenderId;
    const terms = replayTerms(this.#parts.record);
    requireReceipt(await owner.commands.createTender({ marketplaceId, tenderId, terms }));
    requireReceipt(await owner.commands.publishTender({ tenderId, expectedVersion: 1 }));
  }

  async #admit(stall: Stall, token: string): Promise<void> {
    const { client, companyId } = await this.#company(stall, token);
    requireReceipt(await client.commands.requestAdmission({ tenderId: this.#tenderId }));
    const live = client.live();
    this.#bidders.set(token, { client, companyId, live });
    await live.opened();
  }

  async #learnAlias(token: string, { live }: Bidder): Promise<void> {
    const aliased = (_: LotView, own?: OwnLotView): boolean => own?.alias !== undefined;
    const { own } = await live.until(`lot:${this.#lotId}`, aliased, { timeoutMs: patienceMs });
    this.#tokens.set(own?.alias ?? "", token);
  }

  readonly #nameOf = (alias: string): string => this.#tokens.get(alias) ?? alias;

  #company(stall: Stall, token: string) {
    const profile = { legalName: token, country: "XX", registrationNo: "", vatId: "", address: "" };
    const person = { name: token, email: `${token.toLowerCase()}@replay.example`, password };
    return enrol(stall, { url: this.#parts.standalone.url, person, side: "both", profile });
  }
}

function isOpen({ phase }: LotView): boolean {
  return phase === "open" || phase === "paused";
}

function isDecidable(view: LotView): boolean {
  return pendingIn(view) !== undefined || view.result !== undefined || view.phase === "unsuccessful";
}

function pendingIn({ awards = {} }: LotView): string | undefined {
  return Object.entries(awards).find(([, { status }]) => status === "pending")?.[0];
}

function samePrice(a: string | null, b: string | null, scale: number): boolean {
  return a === null || b === null ? a === b : parseDecimal(a, scale) === parseDecimal(b, scale);
}

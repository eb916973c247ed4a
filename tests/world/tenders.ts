import { microsOfInstant } from "@kontor/kernel";
import type { CommandReceipt, PersonCommandInput } from "@kontor/protocol";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import type { Company, Person } from "./people.ts";
import type { Draft } from "./terms.ts";
import { longMs, termsOf } from "./terms.ts";
import type { TestClock } from "./test-clock.ts";

/** A tender under way, with what its tests ask of it again and again. */
export type Tender = {
  readonly tenderId: string;
  readonly owner: Person;
  readonly lotId: (number?: number) => string;
  /** Moves the opening to now and waits until every lot is open. */
  readonly open: () => Promise<void>;
  /** Moves time to just after the lot's end and waits until it is closed. */
  readonly close: (number?: number) => Promise<void>;
};

export type TenderOrder = {
  readonly marketplaceId: string;
  readonly owner: Person;
  readonly clock: TestClock;
  readonly draft: Draft;
  /** Admitted before it opens. */
  readonly suppliers?: readonly Company[];
};

const openingMs = longMs;
const patienceMs = 15_000;

/** Sends as a person and takes a refusal for a failure of the test. */
export async function act(person: Person, command: PersonCommandInput): Promise<CommandReceipt> {
  return requireReceipt(await person.client.command(command));
}

/** Writes, publishes and admits; the lots open when `open` is called. */
export async function publish({ marketplaceId, owner, clock, draft, suppliers = [] }: TenderOrder): Promise<Tender> {
  const tenderId = newId();
  const calendar = { auctionOpensAt: clock.instantIn(openingMs), ...draft.calendar };
  await act(owner, { type: "create_tender", marketplaceId, tenderId, terms: termsOf({ ...draft, calendar }) });
  await act(owner, { type: "publish_tender", tenderId, expectedVersion: 1 });
  for (const { boss } of suppliers) await act(boss, { type: "request_admission", tenderId });
  return tenderOf({ tenderId, owner, clock });
}

function tenderOf({ tenderId, owner, clock }: Pick<Tender, "tenderId" | "owner"> & { clock: TestClock }): Tender {
  const lotId = (number = 1): string => `${tenderId}-${number}`;
  return {
    tenderId,
    owner,
    lotId,
    async open() {
      const { view } = requireValue(await owner.client.tenders.get(tenderId));
      clock.skipTo(microsOf(view.calendar.auctionOpensAt));
      for (const number of Object.values(view.lots).map((one) => one.number)) {
        await owner.live().until(`lot:${lotId(number)}`, ({ phase }) => phase === "open", { timeoutMs: patienceMs });
      }
    },
    async close(number = 1) {
      const { view } = requireValue(await owner.client.lots.get(lotId(number)));
      clock.skipTo(microsOf(view.endsAt));
      const isOver = (phase: string): boolean => phase !== "open" && phase !== "scheduled";
      await owner.live().until(`lot:${lotId(number)}`, ({ phase }) => isOver(phase), { timeoutMs: patienceMs });
    },
  };
}

export function microsOf(instant: string | null | undefined): number {
  if (typeof instant !== "string") throw new Error("there is no such date");
  const micros = microsOfInstant(instant);
  if (micros === null) throw new Error(`${instant} is no instant`);
  return micros;
}

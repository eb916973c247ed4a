import type { TenderRow } from "@kontor/db";
import { never } from "@kontor/db";
import { instantOfMicros, microsOfInstant } from "@kontor/kernel";
import type { TenderTerms } from "@kontor/protocol";
import type { Projection } from "./records.ts";

/** The notice, its dates, and the stage that the facts put the tender into. */
export const projectTenders: Projection = ({ tenders }, { event, seq, at }) => {
  const { tenderId } = event;
  const change = (changes: (row: TenderRow) => Partial<TenderRow>): void => tenders.change(tenderId, seq, changes);
  switch (event.type) {
    case "tender_drafted": {
      const { marketplaceId, ownerCompanyId, createdBy, version, terms } = event;
      const made = { marketplaceId, ownerCompanyId, createdBy, createdAt: at, listedAt: at };
      return tenders.put({ ...blank, ...made, ...termsOf(terms), id: tenderId, version, seq });
    }
    case "tender_revised":
      return change(() => ({ ...termsOf(event.terms), version: event.version }));
    case "tender_published": {
      const { version, terms, drawCommitment } = event;
      const published = { stage: "published", publishedAt: at, listedAt: at } as const;
      return change(() => ({ ...termsOf(terms), ...published, version, drawCommitment }));
    }
    case "tender_amended": {
      const { version, terms, changed, reason } = event;
      const amendment = { version, at: instantOfMicros(at), changed, reason };
      return change(({ amendments }) => ({ ...termsOf(terms), version, amendments: [...amendments, amendment] }));
    }
    case "phase_reached": {
      const { phase } = event;
      const byDate = phase === "enquiries" || phase === "submission" || phase === "waiting";
      return change(() => ({ stage: byDate ? "published" : phase }));
    }
    case "tender_cancelled":
      return change(() => ({ stage: "cancelled", finishedAt: at, cancelledReason: event.reason }));
    case "tender_finished":
      return change(() => ({ stage: event.outcome, finishedAt: at, drawSecret: event.drawSecret }));
    default:
      return;
  }
};

const blank = {
  stage: "draft",
  publishedAt: null,
  finishedAt: null,
  cancelledReason: null,
  drawCommitment: null,
  drawSecret: null,
  amendments: [],
} as const;

function termsOf({ title, description, reference, direction, currency, procedure, calendar, lots }: TenderTerms) {
  const dateOf = (text: string | null) => (text === null ? null : microsOfInstant(text));
  const submissionsUntil = dateOf(calendar.submissionsUntil);
  const auctionOpensAt = dateOf(calendar.auctionOpensAt);
  return {
    title,
    description,
    reference,
    direction,
    currency,
    procedure,
    admission: procedure.admission.mode,
    questionsUntil: dateOf(calendar.questionsUntil),
    submissionsUntil,
    auctionOpensAt,
    deadlineAt: submissionsUntil ?? auctionOpensAt ?? never,
    lotsCount: lots.length,
  };
}

import { lotMessages } from "./lot-messages.ts";
import type { Message, Occasion } from "./messages.ts";
import type { Projection } from "./records.ts";
import { tenderMessages } from "./tender-messages.ts";

/** Tells companies what concerns them. Runs after the other projections of the same event. */
export const projectNotices: Projection = (records, fact) => {
  const tender = records.tenders.get(fact.event.tenderId);
  if (tender === undefined) return;
  const occasion = { records, tender, fact };
  const messages = "lotId" in fact.event ? lotMessages(occasion) : tenderMessages(occasion);
  for (const message of messages) store(occasion, message);
};

/** The id is made of what the message is about, so that the journal read again makes the same notice. */
function store({ records, tender, fact }: Occasion, { kind, to, lotId, data }: Message): void {
  const { seq, index, at } = fact;
  const lot = lotId === undefined ? undefined : records.lots.get(lotId);
  const about = {
    tenderTitle: tender.title,
    ...(lot === undefined ? {} : { lotNumber: lot.number, lotTitle: lot.title }),
  };
  for (const companyId of new Set(to)) {
    records.notices.push({
      id: `${tender.id}-${seq}-${index}-${companyId}`,
      companyId,
      marketplaceId: tender.marketplaceId,
      kind,
      tenderId: tender.id,
      lotId: lotId ?? null,
      data: { ...about, ...data },
      at,
      readAt: null,
      seq,
      userId: null,
    });
  }
}

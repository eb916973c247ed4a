import type { TenderView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { InstantText } from "./instant.tsx";

const order = ["questionsUntil", "submissionsUntil", "auctionOpensAt"] as const;

/** The calendar in the reader's zone and in UTC. */
export function NoticeTimes({ view }: { readonly view: TenderView }) {
  const t = useText();
  const times = order.flatMap((name) => {
    const at = view.calendar[name];
    return at === undefined ? [] : [{ name, at }];
  });
  return (
    <aside aria-labelledby="times" className="border-t border-line pt-4 xl:border-s xl:border-t-0 xl:ps-6 xl:pt-0">
      <h2 id="times" className="mb-2 text-16">
        {t("tenders.calendar")}
      </h2>
      <dl className="space-y-3">
        {view.publishedAt === undefined ? null : <Row label={t("tenders.published")} at={view.publishedAt} />}
        {times.map(({ name, at }) => (
          <Row key={name} label={t(`tenders.calendar.${name}`)} at={at} />
        ))}
      </dl>
    </aside>
  );
}

function Row({ label, at }: { readonly label: string; readonly at: string }) {
  return (
    <div>
      <dt className="text-12 text-muted">{label}</dt>
      <dd>
        <InstantText at={at} isFull />
      </dd>
    </div>
  );
}

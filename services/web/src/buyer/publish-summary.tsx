import { useText } from "../i18n/use-text.ts";
import { InstantText } from "../tenders/instant.tsx";
import type { DraftDesk } from "./use-draft.ts";

/** What will be public in a moment, in a few lines. */
export function PublishSummary({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const { terms, invited } = desk;
  const { calendar, procedure } = terms;
  const dates = (["questionsUntil", "submissionsUntil", "auctionOpensAt"] as const).flatMap((name) => {
    const at = calendar[name];
    return at === null ? [] : [{ name, at }];
  });
  return (
    <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <dt className="text-muted">{t("buyer.summary.lots")}</dt>
      <dd>
        <span className="k-number">{terms.lots.length}</span> · {terms.currency} ·{" "}
        {t(`buyer.direction.${terms.direction}`)}
      </dd>
      <dt className="text-muted">{t("buyer.admission")}</dt>
      <dd>
        {t(`buyer.admission.${procedure.admission.mode}`)}
        {invited.length === 0 ? "" : ` · ${t("buyer.invited", { count: invited.length })}`}
      </dd>
      {dates.map(({ name, at }) => (
        <Dated key={name} label={t(`buyer.calendar.${name}`)} at={at} />
      ))}
    </dl>
  );
}

function Dated({ label, at }: { readonly label: string; readonly at: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd>
        <InstantText at={at} isFull />
      </dd>
    </>
  );
}

import type { TenderSummary } from "@kontor/protocol";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { InstantText } from "./instant.tsx";
import { PhaseWord } from "./phase-word.tsx";
import { Remaining } from "./remaining.tsx";
import { nextDeadline } from "./tender-deadline.ts";

/** Tenders as rows; on a phone each is a block with its labels. */
export function TenderTable({
  tenders,
  caption,
}: {
  readonly tenders: readonly TenderSummary[];
  readonly caption: string;
}) {
  const t = useText();
  return (
    <table className="data-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("tenders.tender")}</th>
          <th scope="col">{t("tenders.phase")}</th>
          <th scope="col">{t("tenders.owner")}</th>
          <th scope="col" className="text-end">
            {t("tenders.lots")}
          </th>
          <th scope="col" className="text-end">
            {t("tenders.deadline")}
          </th>
        </tr>
      </thead>
      <tbody>
        {tenders.map((tender) => (
          <TenderRow key={tender.tenderId} tender={tender} />
        ))}
      </tbody>
    </table>
  );
}

function TenderRow({ tender }: { readonly tender: TenderSummary }) {
  const t = useText();
  const deadline = nextDeadline(tender);
  return (
    <tr>
      <td data-label={t("tenders.tender")}>
        <Link
          to="/tenders/$tenderId"
          params={{ tenderId: tender.tenderId }}
          className="font-medium text-brand hover:underline"
        >
          <bdi>{tender.title}</bdi>
        </Link>
        <span className="block text-12 text-muted">
          <bdi className="font-mono">{tender.reference}</bdi> · {t(`tenders.direction.${tender.direction}`)} ·{" "}
          {tender.currency}
        </span>
      </td>
      <td data-label={t("tenders.phase")}>
        <PhaseWord phase={tender.phase} />
      </td>
      <td data-label={t("tenders.owner")}>
        <bdi>{tender.ownerName ?? t("tenders.hidden")}</bdi>
      </td>
      <td data-label={t("tenders.lots")} className="text-end">
        <span className="k-number">{tender.lotCount}</span>
      </td>
      <td data-label={t("tenders.deadline")} className="text-end">
        {deadline === null ? (
          <span className="text-muted">–</span>
        ) : (
          <>
            <Remaining until={deadline.at} />
            <span className="block text-12 text-muted">
              {t(`tenders.until.${deadline.what}`)} <InstantText at={deadline.at} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

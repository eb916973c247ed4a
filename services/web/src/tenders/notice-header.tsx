import type { OwnTenderView, TenderView } from "@kontor/protocol";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { PhaseWord } from "./phase-word.tsx";

export function NoticeHeader(props: { readonly view: TenderView; readonly ownState: OwnTenderView["state"] }) {
  const t = useText();
  const { view, ownState } = props;
  return (
    <header className="space-y-3">
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-muted">
        <bdi className="font-mono">{view.reference}</bdi>
        <span>{t(`tenders.direction.${view.direction}`)}</span>
        <span>{view.currency}</span>
        <PhaseWord phase={view.phase} />
        {ownState === undefined ? null : <span className="text-text">{t(`tenders.own.${ownState}`)}</span>}
      </p>
      <h1 className="text-24">
        <bdi>{view.title}</bdi>
      </h1>
      <p className="max-w-[68ch] whitespace-pre-line">
        <bdi>{view.description}</bdi>
      </p>
      {view.phase === "draft" ? (
        <Link to="/tenders/$tenderId/edit" params={{ tenderId: view.tenderId }} className="button button-primary">
          {t("buyer.own.continue")}
        </Link>
      ) : null}
      {view.cancelledReason === undefined ? null : (
        <p className="border-s-2 border-danger bg-danger-bg px-3 py-2">
          {t("tenders.cancelled_because")} <bdi>{view.cancelledReason}</bdi>
        </p>
      )}
    </header>
  );
}

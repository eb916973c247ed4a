import { useText } from "../i18n/use-text.ts";
import type { DraftDesk } from "./use-draft.ts";

/** Whether the server has what was written; the way out where it has not. */
export function SaveNote({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const { saving } = desk;
  if (saving.kind !== "refused")
    return (
      <p role="status" className={saving.kind === "held" ? "text-13 text-warn" : "text-13 text-muted"}>
        {t(`buyer.save.${saving.kind}`)}
      </p>
    );
  const isStale = saving.problem.code === "version_stale";
  return (
    <p role="alert" className="flex flex-wrap items-center gap-3 text-13 text-danger">
      <span>
        {t(isStale ? "buyer.save.stale" : "buyer.save.refused")} <bdi className="font-mono">{saving.problem.code}</bdi>
      </span>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => (isStale ? window.location.reload() : void desk.save())}
      >
        {t(isStale ? "buyer.save.reload" : "buyer.save.again")}
      </button>
    </p>
  );
}

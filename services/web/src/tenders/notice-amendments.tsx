import type { TenderView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { InstantText } from "./instant.tsx";

/** What was changed after publication, newest first, with the reason that was given. */
export function NoticeAmendments({ view }: { readonly view: TenderView }) {
  const t = useText();
  const amendments = Object.entries(view.amendments).sort(([, a], [, b]) => b.at.localeCompare(a.at));
  return (
    <section aria-labelledby="amendments">
      <h2 id="amendments" className="mb-2 text-16">
        {t("tenders.amendments")}
      </h2>
      {amendments.length === 0 ? <p className="text-muted">{t("tenders.amendments_none")}</p> : null}
      <ol className="max-w-[80ch]">
        {amendments.map(([id, { at, changed, reason }]) => (
          <li key={id} className="border-t border-line py-3">
            <p>
              <bdi>{reason}</bdi>
            </p>
            <p className="font-mono text-12 text-muted" dir="ltr">
              {changed.join(", ")}
            </p>
            <p className="text-12 text-muted">
              <InstantText at={at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

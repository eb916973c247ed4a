import type { TenderView } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { InstantText } from "./instant.tsx";

/** Questions and their answers, newest first; who asked is not shown. */
export function NoticeQuestions({ view }: { readonly view: TenderView }) {
  const t = useText();
  const questions = Object.entries(view.questions).sort(([, a], [, b]) => b.at.localeCompare(a.at));
  return (
    <section aria-labelledby="questions">
      <h2 id="questions" className="mb-2 text-16">
        {t("tenders.questions")}
      </h2>
      {questions.length === 0 ? <p className="text-muted">{t("tenders.questions_none")}</p> : null}
      <ul className="max-w-[80ch]">
        {questions.map(([id, { text, at, answer }]) => (
          <li key={id} className="space-y-1 border-t border-line py-3">
            <p className="font-medium">
              <bdi>{text}</bdi>
            </p>
            <p className={answer === undefined ? "text-muted" : ""}>
              <bdi>{answer ?? t("tenders.unanswered")}</bdi>
            </p>
            <p className="text-12 text-muted">
              <InstantText at={at} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

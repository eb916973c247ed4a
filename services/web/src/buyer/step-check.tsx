import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { PublishSummary } from "./publish-summary.tsx";
import type { StepName } from "./step-names.ts";
import type { DraftDesk } from "./use-draft.ts";
import { useRuleText } from "./use-problem-text.ts";
import { stepOf } from "./wizard-state.ts";

/** Everything that stands in the way, with the way there; then the one act that cannot be taken back. */
export function StepCheck({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const ruleText = useRuleText();
  const { problems, wishes } = desk;
  return (
    <div className="max-w-form space-y-6">
      {problems.length === 0 ? (
        <p className="border-s-2 border-good ps-3">{t("buyer.check.none")}</p>
      ) : (
        <CheckList
          title={t("buyer.check.blockers", { count: problems.length })}
          tone="border-danger"
          entries={problems.map(({ pointer, rule }) => ({ pointer, step: stepOf(pointer), text: ruleText(rule) }))}
        />
      )}
      {wishes.length === 0 ? null : (
        <CheckList
          title={t("buyer.check.wishes", { count: wishes.length })}
          tone="border-warn"
          entries={wishes.map(({ pointer, step, name }) => ({ pointer, step, text: t(`buyer.wish.${name}`) }))}
        />
      )}
      <PublishSummary desk={desk} />
      <Publish desk={desk} />
    </div>
  );
}

type Entry = { readonly pointer: string; readonly step: StepName; readonly text: string };

function CheckList(props: { readonly title: string; readonly tone: string; readonly entries: readonly Entry[] }) {
  const { title, tone, entries } = props;
  const t = useText();
  return (
    <section className={`border-s-2 ps-3 ${tone}`}>
      <h3 className="mb-1 text-14 font-semibold">{title}</h3>
      <ul className="space-y-1">
        {entries.map(({ pointer, step, text }) => (
          <li key={`${pointer}-${text}`}>
            <Link
              from="/tenders/$tenderId/edit"
              to="."
              search={({ m }) => (m === undefined ? { step, at: pointer } : { m, step, at: pointer })}
              className="text-brand underline"
            >
              {t(`buyer.step.${step}`)}
              {lotNumberOf(pointer) === null ? "" : ` · ${t("buyer.lot.number")} ${lotNumberOf(pointer)}`}
            </Link>{" "}
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

function lotNumberOf(pointer: string): number | null {
  const index = /^\/lots\/(\d+)/.exec(pointer)?.[1];
  return index === undefined ? null : Number(index) + 1;
}

function Publish({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const navigate = useNavigate();
  const [isSending, setSending] = useState(false);
  const { tenderId, refusal, blockers } = desk;
  const publish = async (): Promise<void> => {
    setSending(true);
    const isPublished = await desk.publish();
    setSending(false);
    if (isPublished) await navigate({ to: "/tenders/$tenderId", params: { tenderId } });
  };
  return (
    <div className="space-y-3 border-t border-line pt-4">
      <p className="text-muted">{t("buyer.publish.text")}</p>
      {refusal === null ? null : (
        <p role="alert" className="border-s-2 border-danger bg-danger-bg px-3 py-2">
          {t("buyer.publish.refused")} <bdi className="font-mono text-13">{refusal.code}</bdi>
        </p>
      )}
      <Button
        className="button button-primary"
        isDisabled={blockers.length > 0}
        isPending={isSending}
        onPress={() => void publish()}
      >
        {t(isSending ? "buyer.publish.sending" : "buyer.publish")}
      </Button>
    </div>
  );
}

import { ProblemError } from "@kontor/sdk";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";

/** Lines in the shape of what comes; they appear after a moment, so that quick answers do not flicker. */
export function LoadingView({
  rows = 6,
  isWholePage = false,
}: {
  readonly rows?: number;
  readonly isWholePage?: boolean;
}) {
  const t = useText();
  return (
    <div role="status" className={isWholePage ? "loading-view mx-auto max-w-xl p-8" : "loading-view"}>
      <span className="sr-only">{t("shell.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same and never move
        <div key={row} className="h-9 border-b border-line py-2.5" aria-hidden="true">
          <div className="h-3 rounded-sm bg-sunken" style={{ inlineSize: `${90 - ((row * 17) % 45)}%` }} />
        </div>
      ))}
    </div>
  );
}

/** What went wrong and what is safe; the way on is to try again. */
export function ErrorView({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useText();
  const problem = error instanceof ProblemError ? error.problem : null;
  if (problem?.code === "forbidden") return <NoPermissionView />;
  const code = problem?.code ?? "unexpected";
  const id = problem?.["instance"];
  return (
    <StateFrame
      title={code === "not_found" ? t("shell.error.gone") : t("shell.error.title")}
      text={code === "not_found" ? t("shell.error.gone_text") : t("shell.error.safe")}
    >
      {onRetry === undefined ? null : (
        <Button className="button button-quiet" onPress={onRetry}>
          {t("shell.error.retry")}
        </Button>
      )}
      <p className="font-mono text-xs text-muted">{typeof id === "string" ? `${code} · ${id}` : code}</p>
    </StateFrame>
  );
}

export function NoPermissionView() {
  const t = useText();
  return <StateFrame title={t("shell.no_permission.title")} text={t("shell.no_permission.text")} />;
}

/** Nothing there: `title` says what would be, `text` why it is not, the child is the one action. */
export function StateFrame(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <section className="max-w-[68ch] space-y-3 border-s-2 border-line py-2 ps-4">
      <h2 className="text-base font-semibold">{props.title}</h2>
      <p className="text-muted">{props.text}</p>
      {props.children}
    </section>
  );
}

import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { ErrorView, StateFrame } from "./state-views.tsx";

export function NotFoundView() {
  const t = useText();
  return (
    <StateFrame title={t("shell.not_found.title")} text={t("shell.not_found.text")}>
      <Link to="/" className="text-brand underline">
        {t("shell.not_found.home")}
      </Link>
    </StateFrame>
  );
}

/** A screen that broke, or whose files are gone because a new release was put in place. */
export function RouteErrorView({ error, reset }: ErrorComponentProps) {
  const t = useText();
  if (!isChunkFailure(error)) return <ErrorView error={error} onRetry={reset} />;
  return (
    <StateFrame title={t("shell.release.title")} text={t("shell.release.text")}>
      <a href={window.location.href} className="button button-quiet">
        {t("shell.release.reload")}
      </a>
    </StateFrame>
  );
}

function isChunkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /dynamically imported module|Importing a module script|error loading/i.test(error.message);
}

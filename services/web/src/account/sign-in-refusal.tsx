import type { Problem } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";

/** What was refused, in words; codes are for support. */
export function Refusal({ problem }: { readonly problem: Problem }) {
  const t = useText();
  const known: Readonly<Record<string, string>> = {
    unauthenticated: "shell.refused.credentials",
    rate_limited: "shell.refused.rate",
    unavailable: "shell.refused.unavailable",
    overloaded: "shell.refused.unavailable",
  };
  return (
    <p role="alert" className="border-s-2 border-down bg-down-bg px-3 py-2 text-sm">
      {t(known[problem.code] ?? "shell.refused.other", { code: problem.code })}
    </p>
  );
}

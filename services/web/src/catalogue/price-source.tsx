import type { PriceAnswer } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";
import { sourceLevel } from "./price-trace.ts";

/** In a few words where a price is from; a contract's stands out. */
export function PriceSource({ answer }: { readonly answer: PriceAnswer }) {
  const t = useText();
  const level = sourceLevel(answer);
  if (level === null) return null;
  const isAgreed = level === "agreement" || level === "quote";
  return (
    <span className={isAgreed ? "rounded-control bg-brand-bg px-1.5 py-0.5 text-brand" : ""}>
      {answer.listName ?? t(`catalogue.level.${level}`)}
    </span>
  );
}

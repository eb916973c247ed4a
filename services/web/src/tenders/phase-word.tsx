import type { TenderPhase } from "@kontor/protocol";
import { useText } from "../i18n/use-text.ts";

const tones: Readonly<Record<TenderPhase, string>> = {
  draft: "border-control",
  enquiries: "border-brand",
  submission: "border-brand",
  waiting: "border-control",
  auction: "border-good bg-good",
  evaluation: "border-warn",
  standstill: "border-warn",
  complete: "border-control bg-control",
  unsuccessful: "border-control",
  cancelled: "border-danger",
};

/** A tender's phase: a sign, and the word that says the same. */
export function PhaseWord({ phase }: { readonly phase: TenderPhase }) {
  const t = useText();
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden="true" className={`size-2 rounded-full border-2 ${tones[phase]}`} />
      {t(`tenders.phase.${phase}`)}
    </span>
  );
}

import type { PurchaseOrderRecord } from "@kontor/protocol";
import { Button, Checkbox } from "@kontor/ui";
import { useState } from "react";
import { useMay } from "../app/permissions.ts";
import { useText } from "../i18n/use-text.ts";
import { StepProblem } from "./decision-form.tsx";
import { useOrderStep } from "./use-orders.ts";

/** The buyer's answer to what the vendor proposes instead, line by line. */
export function ProposalForm({
  marketplaceId,
  order,
}: {
  readonly marketplaceId: string;
  readonly order: PurchaseOrderRecord;
}) {
  const t = useText();
  const may = useMay();
  const step = useOrderStep(marketplaceId, order.orderId);
  const lines = order.lines.filter(({ state }) => state === "proposed");
  const [accepted, setAccepted] = useState<readonly number[]>(lines.map(({ lineNo }) => lineNo));
  if (!may("answer_proposals") || lines.length === 0) return null;
  const refusedLines = lines.map(({ lineNo }) => lineNo).filter((lineNo) => !accepted.includes(lineNo));
  const toggle = (lineNo: number): void =>
    setAccepted(accepted.includes(lineNo) ? accepted.filter((one) => one !== lineNo) : [...accepted, lineNo]);
  return (
    <section className="max-w-form space-y-3 border-s-2 border-warn ps-4">
      <h2 className="text-16">{t("buying.proposal")}</h2>
      <ul className="space-y-1.5">
        {lines.map(({ lineNo, name, reason }) => (
          <li key={lineNo}>
            <Checkbox isSelected={accepted.includes(lineNo)} onChange={() => toggle(lineNo)}>
              {name}
            </Checkbox>
            <p className="ps-7 text-13 text-muted">{reason}</p>
          </li>
        ))}
      </ul>
      <Button
        kind="primary"
        isPending={step.isPending}
        onPress={() => step.mutate({ kind: "answer_proposals", refusedLines })}
      >
        {refusedLines.length === 0
          ? t("buying.proposal.accept")
          : t("buying.proposal.answer", { count: refusedLines.length })}
      </Button>
      <StepProblem error={step.error} />
    </section>
  );
}

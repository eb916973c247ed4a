import type { PurchaseOrderRecord } from "@kontor/protocol";
import { ProblemError } from "@kontor/sdk";
import { Button, Checkbox, TextField } from "@kontor/ui";
import { useState } from "react";
import { useMay } from "../app/permissions.ts";
import { useSession } from "../app/session-provider.tsx";
import { ErrorView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { blockOf } from "./block.ts";
import { BlockView } from "./block-view.tsx";
import { useOrderStep } from "./use-orders.ts";

type FormProps = { readonly marketplaceId: string; readonly order: PurchaseOrderRecord };

/** Approve with one press; or say no to lines or to all of it, with the reason. */
export function DecisionForm({ marketplaceId, order }: FormProps) {
  const t = useText();
  const may = useMay();
  const { user } = useSession();
  const step = useOrderStep(marketplaceId, order.orderId);
  const [isRejecting, setRejecting] = useState(false);
  if (order.requestedBy === user.id) return <p className="text-13 text-muted">{t("buying.decision.own")}</p>;
  if (!may("decide_purchase_order")) return null;
  return (
    <div className="space-y-3">
      {isRejecting ? (
        <RejectForm marketplaceId={marketplaceId} order={order} onBack={() => setRejecting(false)} />
      ) : (
        <div className="flex gap-3">
          <Button
            kind="primary"
            size="large"
            className="flex-1 sm:flex-none"
            isPending={step.isPending}
            onPress={() =>
              step.mutate({ kind: "decide", decision: { verdict: "approve", rejectedLines: [], reason: "" } })
            }
          >
            {t("buying.decision.approve")}
          </Button>
          <Button size="large" className="flex-1 sm:flex-none" onPress={() => setRejecting(true)}>
            {t("buying.decision.reject")}
          </Button>
        </div>
      )}
      <StepProblem error={step.error} />
    </div>
  );
}

function RejectForm({ marketplaceId, order, onBack }: FormProps & { readonly onBack: () => void }) {
  const t = useText();
  const step = useOrderStep(marketplaceId, order.orderId);
  const lines = order.lines.filter(({ state }) => state === "open");
  const [rejected, setRejected] = useState<readonly number[]>(lines.map(({ lineNo }) => lineNo));
  const [reason, setReason] = useState("");
  const isWhole = rejected.length === lines.length;
  const toggle = (lineNo: number): void =>
    setRejected(rejected.includes(lineNo) ? rejected.filter((one) => one !== lineNo) : [...rejected, lineNo]);
  const send = (): void =>
    step.mutate({
      kind: "decide",
      decision: isWhole
        ? { verdict: "reject", reason }
        : { verdict: "approve", rejectedLines: [...rejected].sort((a, b) => a - b), reason },
    });
  return (
    <div className="max-w-form space-y-3 border-s-2 border-line ps-4">
      <p className="font-medium">{t("buying.decision.lines")}</p>
      <ul className="space-y-1.5">
        {lines.map(({ lineNo, name }) => (
          <li key={lineNo}>
            <Checkbox isSelected={rejected.includes(lineNo)} onChange={() => toggle(lineNo)}>
              {name}
            </Checkbox>
          </li>
        ))}
      </ul>
      <p className="text-13 text-muted">
        {isWhole ? t("buying.decision.whole") : t("buying.decision.part", { count: lines.length - rejected.length })}
      </p>
      <TextField label={t("buying.decision.reason")} value={reason} onChange={setReason} isRequired maxLength={1000} />
      <div className="flex gap-3">
        <Button
          kind="danger"
          isPending={step.isPending}
          isDisabled={reason.trim() === "" || rejected.length === 0}
          onPress={send}
        >
          {t("buying.decision.send")}
        </Button>
        <Button onPress={onBack}>{t("buying.back")}</Button>
      </div>
      <StepProblem error={step.error} />
    </div>
  );
}

/** Why a step with an order was refused: rule, owner, way out. */
export function StepProblem({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  if (!(error instanceof ProblemError)) return <ErrorView error={error} />;
  return <BlockView block={blockOf(error.problem)} />;
}

import { Button, FileDrop, TextArea } from "@kontor/ui";
import { useState } from "react";
import { useMay } from "../app/permissions.ts";
import { NoPermissionView } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import { StepProblem } from "./decision-form.tsx";
import { QuickRows } from "./quick-row-view.tsx";
import type { QuickOutcome } from "./quick-rows.ts";
import { quickOutcome } from "./quick-rows.ts";
import type { QuickSource } from "./use-quick-order.ts";
import { useQuickOrder } from "./use-quick-order.ts";

/** Bytes of a file that the server takes. */
const fileBytesMax = 1_048_576;

/** Part numbers with quantities, pasted or in a file. */
export function QuickForm({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const may = useMay();
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<QuickOutcome | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const order = useQuickOrder(marketplaceId);
  const send = (source: QuickSource): void => {
    setTooLarge("file" in source && source.file.size > fileBytesMax);
    if ("file" in source && source.file.size > fileBytesMax) return;
    order.mutate(source, {
      onSuccess: (record) => {
        setOutcome(quickOutcome(record));
        setText("");
      },
    });
  };
  if (!may("change_cart")) return <NoPermissionView />;
  return (
    <div className="space-y-4">
      <div className="grid gap-4 lg:grid-cols-2">
        <div className="space-y-3">
          <TextArea
            label={t("buying.quick.paste")}
            description={t("buying.quick.paste_hint")}
            value={text}
            onChange={setText}
            rows={6}
            dir="ltr"
          />
          <Button
            kind="primary"
            isPending={order.isPending}
            isDisabled={text.trim() === ""}
            onPress={() => send({ text })}
          >
            {t("catalogue.order.add")}
          </Button>
        </div>
        <FileDrop
          label={t("buying.quick.file")}
          hint={t("buying.quick.file_hint")}
          accept={[".csv", ".xlsx", "text/csv"]}
          isDisabled={order.isPending}
          onFile={(file) => send({ file })}
        />
      </div>
      {isTooLarge ? (
        <p role="alert" className="text-danger">
          {t("buying.quick.too_large")}
        </p>
      ) : null}
      <StepProblem error={order.error} />
      {outcome === null ? null : <QuickRows marketplaceId={marketplaceId} outcome={outcome} onOutcome={setOutcome} />}
    </div>
  );
}

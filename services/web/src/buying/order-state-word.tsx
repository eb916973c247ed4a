import type { PurchaseOrderState } from "@kontor/protocol";
import { StatusWord } from "@kontor/ui";
import { useText } from "../i18n/use-text.ts";

const looks = {
  awaiting_approval: { tone: "warning", sign: "clock" },
  placed: { tone: "active", sign: "ring" },
  answered: { tone: "warning", sign: "alert" },
  confirmed: { tone: "good", sign: "check" },
  disapproved: { tone: "danger", sign: "cross" },
  refused: { tone: "danger", sign: "cross" },
  cancelled: { tone: "neutral", sign: "ban" },
  expired: { tone: "neutral", sign: "clock" },
} as const satisfies Readonly<Record<PurchaseOrderState, object>>;

/** The state of an order in words, with a sign: never by colour alone. */
export function OrderStateWord({ state }: { readonly state: PurchaseOrderState }) {
  const t = useText();
  const { tone, sign } = looks[state];
  return (
    <StatusWord tone={tone} sign={sign}>
      {t(`buying.state.${state}`)}
    </StatusWord>
  );
}

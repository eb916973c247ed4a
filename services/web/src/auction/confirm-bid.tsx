import { formatDecimal } from "@kontor/kernel";
import { currencySign, MoneyField } from "@kontor/ui";
import { useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useLocale, useText } from "../i18n/use-text.ts";
import type { Confirmation } from "./confirm-level.ts";
import { EchoLine } from "./echo-line.tsx";
import { Figure } from "./figure.tsx";
import { minorOf } from "./step-size.ts";
import type { Room } from "./use-room.ts";
import { priceText } from "./use-say.ts";

type ConfirmBidProps = {
  readonly room: Room;
  readonly price: bigint;
  readonly confirmation: Confirmation;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
};

/** Looks at the amount once more; on level 2 it is typed again. On a phone it comes from below. */
export function ConfirmBid({ room, price, confirmation, onCancel, onConfirm }: ConfirmBidProps) {
  const t = useText();
  const locale = useLocale();
  const [again, setAgain] = useState<string | null>(null);
  const { bid, state } = room;
  const amount = formatDecimal(price, bid.scale);
  const isSame = confirmation.level < 2 || minorOf(again ?? undefined, bid.scale) === price;
  const isOpen = state.form.kind === "enabled";
  return (
    <ModalOverlay className="overlay confirm-overlay" isOpen isDismissable onOpenChange={(open) => open || onCancel()}>
      <Modal className="confirm-sheet">
        <Dialog className="confirm-body">
          <Heading slot="title">{t("auction.confirm.title")}</Heading>
          <p className="confirm-amount">
            <Figure amount={amount} currency={bid.currency} per={bid.quantity?.unit} />
          </p>
          <EchoLine bid={bid} price={price} />
          <ul className="confirm-reasons">
            {confirmation.reasons.map((reason) => (
              <li key={reason}>{t(`auction.confirm.reason.${reason}`)}</li>
            ))}
          </ul>
          {confirmation.level < 2 ? null : (
            <MoneyField
              label={t("auction.confirm.again")}
              value={again}
              onChange={(value) => setAgain(value)}
              decimalsMax={bid.scale}
              unit={currencySign(bid.currency, locale)}
              {...(again === null || isSame ? {} : { errorMessage: t("auction.confirm.differs") })}
            />
          )}
          {isOpen ? null : <p className="form-reason">{t("auction.confirm.over")}</p>}
          <div className="confirm-actions">
            <Button className="button button-primary" isDisabled={!isSame || !isOpen} onPress={onConfirm}>
              {t("auction.form.send", {
                price: `\u2066${priceText(amount, { locale, bid })}\u2069`,
              })}
            </Button>
            <Button className="button button-quiet" onPress={onCancel}>
              {t("auction.confirm.back")}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";

type KeyHelpProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly enabled: boolean;
  readonly onEnable: (enabled: boolean) => void;
};

const keys = [
  ["B", "focus"],
  ["↑ ↓", "step"],
  ["Enter", "review"],
  ["Ctrl Enter", "send"],
  ["1–9", "lots"],
  ["F", "freeze"],
  ["M", "mute"],
  [".", "speak"],
  ["?", "help"],
] as const;

/** The keys of the room, and the switch for those who do not want them. */
export function KeyHelp({ isOpen, onClose, enabled, onEnable }: KeyHelpProps) {
  const t = useText();
  return (
    <ModalOverlay
      className="overlay confirm-overlay"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => open || onClose()}
    >
      <Modal className="confirm-sheet">
        <Dialog className="confirm-body">
          <Heading slot="title">{t("auction.keys.title")}</Heading>
          <dl className="key-list">
            {keys.map(([key, name]) => (
              <div key={name}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{t(`auction.keys.${name}`)}</dd>
              </div>
            ))}
          </dl>
          <div className="confirm-actions">
            <Button className="button button-primary" onPress={onClose}>
              {t("auction.keys.close")}
            </Button>
            <Button className="button button-quiet" aria-pressed={!enabled} onPress={() => onEnable(!enabled)}>
              {t(enabled ? "auction.keys.turn_off" : "auction.keys.turn_on")}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

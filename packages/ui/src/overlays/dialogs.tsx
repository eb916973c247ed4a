import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "../controls/icon-button.tsx";
import { useLabels } from "../labels/labels.tsx";

export type DialogProps = {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the one that does it last. */
  readonly actions?: ReactNode;
  readonly size?: "small" | "normal" | "wide";
  /** Asks for an answer: a press outside does not close it. */
  readonly isAlert?: boolean;
};

/** Over the page, with its own focus. */
export function Dialog(props: DialogProps) {
  return <Overlay {...props} look={`k-dialog k-dialog-${props.size ?? "normal"}`} />;
}

/** From the end side of the page; from below on a phone. For details over a list. */
export function Sheet(props: Omit<DialogProps, "size">) {
  return <Overlay {...props} look="k-sheet" />;
}

function Overlay(props: DialogProps & { readonly look: string }) {
  const { title, isOpen, onClose, children, actions, isAlert = false, look } = props;
  const labels = useLabels();
  return (
    <ModalOverlay
      className={look === "k-sheet" ? "k-scrim k-scrim-sheet" : "k-scrim"}
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!isAlert}
    >
      <Modal className={look}>
        <AriaDialog className="k-dialog-body" role={isAlert ? "alertdialog" : "dialog"}>
          <header className="k-dialog-head">
            <Heading slot="title" className="k-dialog-title">
              {title}
            </Heading>
            <IconButton icon={X} label={labels.close} onPress={onClose} />
          </header>
          <div className="k-dialog-content">{children}</div>
          {actions !== undefined && <footer className="k-dialog-actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

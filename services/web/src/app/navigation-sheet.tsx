import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { Destinations } from "./side-navigation.tsx";

/** Over the screen on phones and narrow windows. */
export function NavigationSheet(props: { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void }) {
  const t = useText();
  return (
    <ModalOverlay className="overlay justify-start" isDismissable {...props}>
      <Modal className="h-full w-72 max-w-[85vw] border-e border-line bg-surface p-3 shadow-overlay">
        <Dialog aria-label={t("shell.navigation")} className="outline-none">
          <Destinations onGone={() => props.onOpenChange(false)} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

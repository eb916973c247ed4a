import type { Kontor } from "@kontor/sdk";
import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { SignInForm } from "./sign-in-form.tsx";

/** Over the screen, which stays as it is with all that was typed into it. */
export function SessionExpiredDialog(props: {
  readonly kontor: Kontor;
  readonly email: string;
  readonly onSignedIn: () => Promise<void>;
}) {
  const t = useText();
  const [password, setPassword] = useState("");
  const { kontor, email, onSignedIn } = props;
  return (
    <ModalOverlay className="overlay items-center" isOpen isKeyboardDismissDisabled>
      <Modal className="w-[min(26rem,92vw)] rounded-lg border border-line bg-surface p-6 shadow-overlay">
        <Dialog className="outline-none">
          <Heading slot="title" className="mb-1 text-lg font-semibold">
            {t("shell.expired.title")}
          </Heading>
          <p className="mb-4 text-sm text-muted">{t("shell.expired.text")}</p>
          <SignInForm
            kontor={kontor}
            onSignedIn={onSignedIn}
            isEmailFixed
            email={{ value: email, set: () => undefined }}
            password={{ value: password, set: setPassword }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import { Link } from "@tanstack/react-router";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import type { Destination } from "./navigation.ts";
import { destinationsFor } from "./navigation.ts";
import { useMay } from "./permissions.ts";

const groups = ["trade", "office", "account"] as const;

/** Beside the screen where there is room. */
export function SideNavigation() {
  const t = useText();
  return (
    <nav
      aria-label={t("shell.navigation")}
      className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-56 shrink-0 overflow-y-auto border-e border-line bg-surface p-3 lg:block"
    >
      <Destinations />
    </nav>
  );
}

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

function Destinations({ onGone }: { readonly onGone?: () => void }) {
  const shown = destinationsFor(useMay());
  return groups.map((group) => {
    const entries = shown.filter((one) => one.group === group);
    if (entries.length === 0) return null;
    return (
      <ul key={group} className="mb-3 space-y-0.5 border-b border-line pb-3 last:border-0">
        {entries.map((one) => (
          <Entry key={one.to} destination={one} {...(onGone === undefined ? {} : { onGone })} />
        ))}
      </ul>
    );
  });
}

function Entry({ destination, onGone }: { readonly destination: Destination; readonly onGone?: () => void }) {
  const t = useText();
  const { to, label, icon: Icon } = destination;
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: to === "/", includeSearch: false }}
        className="nav-entry"
        {...(onGone === undefined ? {} : { onClick: onGone })}
      >
        <Icon size={18} strokeWidth={1.5} aria-hidden="true" />
        {t(label)}
      </Link>
    </li>
  );
}

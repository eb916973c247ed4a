import { Link } from "@tanstack/react-router";
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

/** What one may go to, by group. */
export function Destinations({ onGone }: { readonly onGone?: () => void }) {
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

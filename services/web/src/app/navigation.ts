import type { LucideIcon } from "lucide-react";
import { Gavel, House, Settings2 } from "lucide-react";
import type { May } from "./permissions.ts";

/** One entry of the side navigation and of the palette. */
export type Destination = {
  /** Id of its label. */
  readonly label: string;
  readonly to: string;
  readonly icon: LucideIcon;
  readonly group: "trade" | "office" | "account";
  /** Left out: for everybody. */
  readonly isFor?: (may: May) => boolean;
};

/** Every area adds its destinations here, in the order in which they stand. */
export const destinations: readonly Destination[] = [
  { label: "shell.nav.home", to: "/", icon: House, group: "trade" },
  { label: "shell.nav.tenders", to: "/tenders", icon: Gavel, group: "trade", isFor: (may) => may("list_tenders") },
  { label: "shell.nav.settings", to: "/settings", icon: Settings2, group: "account" },
];

export function destinationsFor(may: May): readonly Destination[] {
  return destinations.filter(({ isFor }) => isFor === undefined || isFor(may));
}

import type { Action, Permission, TenderCommandType } from "@kontor/protocol";
import { commandPermissions, permissions } from "@kontor/protocol";

/** A permission under the name of its action, as routes and live messages declare it. */
export type DeclaredPermission = Permission & { readonly action: string };

export function permissionOf(action: keyof typeof permissions): DeclaredPermission {
  return { ...permissions[action], action };
}

export function commandPermissionOf(type: TenderCommandType): DeclaredPermission {
  return { ...commandPermissions[type], action: type };
}

/** What each live message needs; commands have their own. Every operation of the protocol must be here. */
export const livePermissions = {
  "subscribe lot": "read_lot",
  "subscribe tender": "read_tender",
  "subscribe me": "watch_own_stream",
  unsubscribe: "open_live",
  time: "read_clock",
} as const satisfies Readonly<Record<string, Action>>;

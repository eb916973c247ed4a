import type { CommandType, Permission } from "@kontor/protocol";
import { commandPermissions } from "@kontor/protocol";
import { commandPermissionOf, livePermissions, permissionOf } from "./declarations.ts";

/** One door into the gateway and who may use it. */
export type MatrixEntry = {
  readonly kind: "http" | "live";
  /** Of HTTP routes; null for live messages. */
  readonly method: string | null;
  /** The route's pattern, or the live message: `command submit_bid`, `subscribe lot`. */
  readonly path: string;
  readonly action: string;
  readonly permission: Permission;
};

/** The live messages' part of the matrix, derived from the declarations. */
export function liveMatrix(): readonly MatrixEntry[] {
  const operations = Object.entries(livePermissions).map(([path, action]) => entryOf(path, permissionOf(action)));
  const types = Object.keys(commandPermissions) as CommandType[];
  return [...operations, ...types.map((type) => entryOf(`command ${type}`, commandPermissionOf(type)))];
}

function entryOf(path: string, declared: Permission & { readonly action: string }): MatrixEntry {
  const { action, ...permission } = declared;
  return { kind: "live", method: null, path, action, permission };
}

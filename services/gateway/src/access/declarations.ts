import type { CommandType, Permission } from "@kontor/protocol";
import { ClientMessage, commandPermissions, permissions, personCommands } from "@kontor/protocol";

/** A permission under the name of its action, as routes and live messages declare it. */
export type DeclaredPermission = Permission & { readonly action: string };

/** @throws Error when there is no such action */
export function permissionOf(action: keyof typeof permissions): DeclaredPermission {
  return declared(permissions, action);
}

/** @throws Error when the command declares no permission */
export function commandPermissionOf(type: CommandType): DeclaredPermission {
  return declared(commandPermissions, type);
}

/** What each live message needs; commands have their own. Every operation of the protocol must be here. */
export const livePermissions = {
  "subscribe lot": "read_lot",
  "subscribe tender": "read_tender",
  "subscribe me": "watch_own_stream",
  "subscribe import": "watch_import",
  "subscribe status": "watch_market",
  "subscribe quote": "watch_market",
  "subscribe book-10": "watch_market",
  "subscribe book": "watch_market",
  "subscribe book-full": "watch_market",
  "subscribe book-raw": "watch_market",
  "subscribe orders": "watch_market",
  "subscribe trades": "watch_market",
  "subscribe candles": "watch_market",
  "subscribe auction": "watch_market",
  "subscribe account": "watch_own_account",
  unsubscribe: "open_live",
  time: "read_clock",
} as const satisfies Readonly<Record<string, keyof typeof permissions>>;

/** @throws Error when following such a stream declares no permission */
export function streamPermissionOf(stream: string): DeclaredPermission {
  const message = `subscribe ${stream.split(":", 1)[0]}`;
  const actions: Readonly<Record<string, keyof typeof permissions>> = livePermissions;
  const action = Object.hasOwn(actions, message) ? actions[message] : undefined;
  if (action === undefined) throw new Error(`No permission is declared for: ${message}.`);
  return permissionOf(action);
}

/** What clients may send. */
export type LiveVocabulary = { readonly operations: readonly string[]; readonly commands: readonly string[] };

const ofProtocol: LiveVocabulary = {
  operations: ClientMessage.options.map(({ shape }) => shape.op.value),
  commands: Object.keys(personCommands),
};

/**
 * Run at the start: no live message and no command without a declared permission, and none declared that is not there.
 *
 * @throws Error that names them
 */
export function requireDeclarations({ operations, commands }: LiveVocabulary = ofProtocol): void {
  const inHand = new Set(["command", ...Object.keys(livePermissions).map((name) => name.split(" ", 1)[0] ?? "")]);
  const wanted = new Set(commands);
  const lacking = [
    ...operations.filter((operation) => !inHand.has(operation)).map((operation) => `live message ${operation}`),
    ...commands.filter((type) => !Object.hasOwn(commandPermissions, type)).map((type) => `command ${type}`),
  ];
  const left = [
    ...[...inHand].filter((operation) => !operations.includes(operation)).map((name) => `live message ${name}`),
    ...Object.keys(commandPermissions).flatMap((type) => (wanted.has(type) ? [] : [`command ${type}`])),
  ];
  if (lacking.length > 0) throw new Error(`No permission is declared for: ${lacking.join(", ")}.`);
  if (left.length > 0) throw new Error(`Permissions are declared for what does not exist: ${left.join(", ")}.`);
}

function declared(all: Readonly<Record<string, Permission>>, action: string): DeclaredPermission {
  const permission = Object.hasOwn(all, action) ? all[action] : undefined;
  if (permission === undefined) throw new Error(`No permission is declared for: ${action}.`);
  return { ...permission, action };
}

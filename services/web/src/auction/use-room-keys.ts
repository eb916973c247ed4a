import { useEffect } from "react";

/** What a key does in the room, by the character it writes. */
export type RoomKeys = Readonly<Record<string, () => void>>;

/** Single keys of this room alone: not in fields or dialogs, not with Ctrl, Alt or Cmd, and not when switched off. */
export function useRoomKeys(keys: RoomKeys, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, [role=dialog], [role=menu]")
      )
        return;
      const action = keys[event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [keys, enabled]);
}

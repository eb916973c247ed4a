/** A text by its id, with what goes into it; amounts are decimals and instants UTC milliseconds, written by the screen. */
export type RoomText = { readonly id: string; readonly values?: Readonly<Record<string, TextValue>> };

export type TextValue =
  | string
  | number
  | { readonly money: string }
  | { readonly atMs: number; readonly precise?: boolean }
  | { readonly durationMs: number };

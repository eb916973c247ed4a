/** What a key does in a list: where the cursor goes, or what happens to the row under it. */
export type RowKey = { readonly move: number } | { readonly action: "open" | "select" };

/** The row under the cursor after a key; rows are counted from 0, -1 is none. */
export function rowKey(key: string, cursor: number, count: number): RowKey | null {
  const last = count - 1;
  if (key === "j" || key === "ArrowDown") return { move: Math.min(last, cursor + 1) };
  if (key === "k" || key === "ArrowUp") return { move: Math.max(0, cursor - 1) };
  if (key === "Home") return { move: 0 };
  if (key === "End") return { move: last };
  if (cursor < 0) return null;
  if (key === "Enter") return { action: "open" };
  return key === "x" ? { action: "select" } : null;
}

/** Keys typed into a field or pressed on a control in a row are that control's own. */
export function isOwnKey(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, button, a, [contenteditable]") !== null;
}

export type Sort = { readonly column: string; readonly direction: "ascending" | "descending" };

/** Pressed once a column goes up, then down. */
export function nextSort(sort: Sort | null, column: string): Sort {
  if (sort?.column !== column) return { column, direction: "ascending" };
  return { column, direction: sort.direction === "ascending" ? "descending" : "ascending" };
}

/** A set with one id put in or taken out. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** What placeholders such as `{{lotId:3}}` stand for, by member: cases are made before the things they are about. */
export type Pools = Readonly<Record<string, readonly string[]>>;

const placeholder = /\{\{(\w+):(\d)\}\}/g;

/** The text with every placeholder filled; a member without a pool keeps a word that is nobody's id. */
export function filled(text: string, pools: Pools): string {
  return text.replace(placeholder, (_, member: string, digit: string) => {
    const pool = pools[member] ?? [];
    return pool[Number(digit) % Math.max(1, pool.length)] ?? "nobody";
  });
}

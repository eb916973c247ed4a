import type { Arrival } from "./gallery.ts";

/** What was accepted: when it was sent, and the server's stamp. */
export type Accepted = { readonly sentAtMs: number; readonly at: string };

/**
 * Milliseconds from sending until the last watcher has it: a frame tells of everything up to its stamp.
 *
 * @throws Error when something was accepted after the last frame
 */
export function delaysOf(accepted: readonly Accepted[], arrivals: readonly Arrival[]): readonly number[] {
  const ordered = [...accepted].sort((a, b) => (a.at < b.at ? -1 : 1));
  let next = 0;
  return ordered.map(({ at, sentAtMs }) => {
    while (next < arrivals.length && (arrivals[next]?.at ?? "") < at) next += 1;
    const arrival = arrivals[next];
    if (arrival === undefined) throw new Error(`no watcher heard of what was accepted at ${at}`);
    return arrival.lastAtMs - sentAtMs;
  });
}

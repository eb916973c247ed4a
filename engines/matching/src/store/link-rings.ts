import { LINKED } from "../wire/traits.ts";
import type { Core } from "./core.ts";
import { LINK, LINK_NEXT, LINK_PREVIOUS, rareAt, TRAITS } from "./pool.ts";

/*
 * The orders of one link as a list; its first is found by the link's number.
 */

export function joinLink(core: Core, order: number, name: number): void {
  const { words, rare } = core.pool;
  const first = core.links.get(name);
  rare[rareAt(order) + LINK] = name;
  words[order + TRAITS] = (words[order + TRAITS] as number) | LINKED;
  rare[rareAt(order) + LINK_PREVIOUS] = 0;
  rare[rareAt(order) + LINK_NEXT] = first;
  if (first !== 0) rare[rareAt(first) + LINK_PREVIOUS] = order;
  core.links.set(name, order);
}

export function leaveLink(core: Core, order: number): void {
  const { rare } = core.pool;
  const name = rare[rareAt(order) + LINK] as number;
  const next = rare[rareAt(order) + LINK_NEXT] as number;
  const previous = rare[rareAt(order) + LINK_PREVIOUS] as number;
  if (next !== 0) rare[rareAt(next) + LINK_PREVIOUS] = previous;
  if (previous !== 0) rare[rareAt(previous) + LINK_NEXT] = next;
  else if (next !== 0) core.links.set(name, next);
  else core.links.delete(name);
}

/** An order's link; 0 when it has none. */
export function linkOf({ pool }: Core, order: number): number {
  const isLinked = ((pool.words[order + TRAITS] as number) & LINKED) !== 0;
  return isLinked ? (pool.rare[rareAt(order) + LINK] as number) : 0;
}

/** The next order of the same link; 0 behind the last. */
export const nextLinked = (core: Core, order: number): number => core.pool.rare[rareAt(order) + LINK_NEXT] as number;

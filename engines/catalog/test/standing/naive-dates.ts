import type { StandingSchedule } from "../../src/standing/standing-dates.ts";

const dayMs = 86_400_000;
const textOf = (at: Date): string => at.toISOString().slice(0, 10);
const later = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);

/** Goes from day to day and asks of each whether the rule means it. */
export function naiveOrderDays(
  { rule, startOn, endOn, count, holidays }: StandingSchedule,
  limit: number,
): readonly string[] {
  const start = new Date(`${startOn}T00:00:00Z`);
  const isOpen = (at: Date): boolean => at.getUTCDay() !== 0 && at.getUTCDay() !== 6 && !holidays.has(textOf(at));
  const nearest = (at: Date, direction: number): Date => (isOpen(at) ? at : nearest(later(at, direction), direction));
  const shift = (at: Date): Date => {
    if (rule.shift === "none") return at;
    if (rule.shift === "preceding") return nearest(at, -1);
    const after = nearest(at, 1);
    return rule.shift === "following" || after.getUTCMonth() === at.getUTCMonth() ? after : nearest(at, -1);
  };
  const days = new Set<string>();
  let first: Date | null = null;
  for (let at = start; days.size < limit && at.getUTCFullYear() < 2036; at = later(at, 1)) {
    if (!isMeant(at)) continue;
    first ??= at;
    if (apart(first, at) % rule.every !== 0) continue;
    const orderOn = textOf(shift(at));
    if (endOn !== null && orderOn > endOn) break;
    if (orderOn >= startOn && (count === null || days.size < count)) days.add(orderOn);
  }
  return [...days];

  function isMeant(at: Date): boolean {
    if (rule.unit === "day") return true;
    if (rule.unit === "week") return at.getUTCDay() === (rule.on ?? start.getUTCDay()) % 7;
    const lastOfMonth = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
    return at.getUTCDate() === Math.min(rule.on ?? start.getUTCDate(), lastOfMonth);
  }

  /** In the rule's unit. */
  function apart(from: Date, to: Date): number {
    const days = Math.round((to.getTime() - from.getTime()) / dayMs);
    if (rule.unit === "day") return days;
    if (rule.unit === "week") return days / 7;
    return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  }
}

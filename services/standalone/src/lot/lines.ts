/* How the demonstration and the terminal tools write times and amounts. */

/** "9155.00" as "9,155.00". */
export function grouped(amount: string): string {
  const [whole = "", fraction] = amount.split(".");
  const parts = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}

/** Hours, minutes and seconds of an instant, as the machine's clocks show them. */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toTimeString().slice(0, 8);
}

/** "1:08", or "2:03:00" from an hour on; never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Month, day and time, for what lasts longer than a day. */
export function dayAndTime(atMs: number): string {
  return `${new Date(atMs).toDateString().slice(4, 10)} ${timeOfDay(atMs)}`;
}

/** One event of an auction: time, what, and columns of fixed width; a negative width aligns to the right. */
export function eventLine(time: string, event: string, ...columns: readonly (readonly [string, number])[]): string {
  const cells = columns.map(([text, width]) => (width < 0 ? text.padStart(-width) : text.padEnd(width)));
  return [time, event.padEnd(9), ...cells].join("  ").trimEnd();
}

/** An instant of this process's clock as servers write it: with microseconds. */
export function stampOf(atMs: number): string {
  const micros = Math.floor((performance.timeOrigin + atMs) * 1_000);
  const seconds = new Date(micros / 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}Z`;
}

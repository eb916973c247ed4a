import { setTimeout as pause } from "node:timers/promises";

const lookEveryMs = 5;
const patienceMs = 15_000;

/**
 * What `look` finds as soon as it finds something, asked again and again.
 *
 * @throws Error with `what` when nothing was found in time; whatever `look` itself throws
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | null | false> | Found | undefined | null | false,
  timeoutMs: number = patienceMs,
): Promise<Found> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(lookEveryMs);
  }
}

/**
 * Seconds before a lost connection is tried again. The driver's own rule waits up to 20 s, which turns a restart of the
 * server that takes one second into an outage; the jitter keeps a pool from coming back all at once.
 */
export function reconnectDelay(failures: number): number {
  return Math.min(0.02 * 2 ** failures, 0.5) * (0.5 + Math.random() / 2);
}

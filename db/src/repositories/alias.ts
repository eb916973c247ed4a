/** How a bidder is called before competitors, in live views and records alike. */
export function aliasOf(number: number | null): string | null {
  return number === null ? null : `Bidder #${number}`;
}

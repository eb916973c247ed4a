const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether requests of this method change something. */
export function isMutation(method: string): boolean {
  return !safeMethods.has(method);
}

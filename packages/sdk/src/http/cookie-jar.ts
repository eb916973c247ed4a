/**
 * The cookies of one server, for programs; a browser keeps its own and shows none, so there the jar stays empty.
 * Holds name and value only: one origin, and expiry as the server announces it.
 */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Takes over what the `Set-Cookie` lines say; `nowMs` decides about `Expires`. */
  store(lines: readonly string[], nowMs: number): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";");
      const cut = pair.indexOf("=");
      if (cut <= 0) continue;
      const name = pair.slice(0, cut).trim();
      const value = pair.slice(cut + 1).trim();
      if (value === "" || hasExpired(attributes, nowMs)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  /** The `Cookie` header; null when there is none. */
  header(): string | null {
    if (this.#cookies.size === 0) return null;
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join("; ");
  }

  clear(): void {
    this.#cookies.clear();
  }
}

/** `Max-Age` wins over `Expires` (RFC 6265). */
function hasExpired(attributes: readonly string[], nowMs: number): boolean {
  let expired = false;
  for (const attribute of attributes) {
    const [name = "", value = ""] = attribute.split("=").map((part) => part.trim());
    if (name.toLowerCase() === "max-age") return Number(value) <= 0;
    if (name.toLowerCase() === "expires") expired = Date.parse(value) <= nowMs;
  }
  return expired;
}

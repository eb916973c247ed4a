import type { LiveLimits } from "./live-limits.ts";

/** What an open socket counts against. */
export type SocketOwner = {
  /** Null for API keys, which count against their company. */
  readonly userId: string | null;
  readonly companyId: string | null;
  /** An address, or an IPv6 network; null for callers on this machine, which are not counted. */
  readonly addressGroup: string | null;
};

/** Open sockets per user, company and address. */
export class SocketCounts {
  readonly #counts = new Map<string, number>();
  readonly #limits: Pick<LiveLimits, "socketsPerUserMax" | "socketsPerAddressMax" | "socketsPerCompanyMax">;

  constructor(limits: Pick<LiveLimits, "socketsPerUserMax" | "socketsPerAddressMax" | "socketsPerCompanyMax">) {
    this.#limits = limits;
  }

  /** The name of the limit that one more socket would cross; null when there is room. */
  full(owner: SocketOwner): string | null {
    const crossed = this.#keysOf(owner).find(({ key, max }) => (this.#counts.get(key) ?? 0) >= max);
    return crossed?.limit ?? null;
  }

  /** Counts the socket; call the answer once when it closes. */
  enter(owner: SocketOwner): () => void {
    const keys = this.#keysOf(owner).map(({ key }) => key);
    for (const key of keys) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    return () => {
      for (const key of keys) {
        const left = (this.#counts.get(key) ?? 0) - 1;
        if (left > 0) this.#counts.set(key, left);
        else this.#counts.delete(key);
      }
    };
  }

  #keysOf({ userId, companyId, addressGroup }: SocketOwner): { key: string; max: number; limit: string }[] {
    const { socketsPerUserMax, socketsPerAddressMax, socketsPerCompanyMax } = this.#limits;
    return [
      ...(userId === null ? [] : [{ key: `user ${userId}`, max: socketsPerUserMax, limit: "sockets_per_user" }]),
      ...(companyId === null
        ? []
        : [{ key: `company ${companyId}`, max: socketsPerCompanyMax, limit: "sockets_per_company" }]),
      ...(addressGroup === null
        ? []
        : [{ key: `address ${addressGroup}`, max: socketsPerAddressMax, limit: "sockets_per_address" }]),
    ];
  }
}

import type { Bus, Unsubscribe } from "@kontor/bus";

/** Whose rights changed; everything cached about them is void. */
export type Revocation = {
  readonly userId?: string;
  readonly sessionId?: string;
  readonly keyId?: string;
  readonly companyId?: string;
};

/** Tells every gateway at once that somebody's rights changed, so that caches and open sockets follow. */
export type Revocations = {
  readonly announce: (revocation: Revocation) => Promise<void>;
  readonly listen: (handler: (revocation: Revocation) => void) => Unsubscribe;
};

const subject = "access";

export function createRevocations(bus: Bus): Revocations {
  return {
    // Returns a promise because the account library's hooks must; nothing is awaited.
    announce: (revocation) => {
      bus.publish(subject, revocation);
      return Promise.resolve();
    },
    listen: (handler) => bus.subscribe(subject, (message: Revocation) => handler(message)),
  };
}

/** Ends a subscription or a service. */
export type Unsubscribe = () => void;

/**
 * How the services reach each other. Messages are JSON values; receivers never change them.
 *
 * `request`   exactly one server answers, or the call rejects with Fault `bus_unavailable` (nobody serves) or
 *             `command_timeout` (no answer in time: the outcome is unknown, ask again with the same key)
 * `publish`   to every subscriber at that moment, in the publisher's order per subject; copies may be lost, so
 *             every message carries what its receiver needs to notice a gap
 */
export type Bus = {
  readonly request: <Answer>(
    subject: string,
    message: unknown,
    options: { readonly timeoutMs: number },
  ) => Promise<Answer>;
  readonly serve: (subject: string, handler: (message: never) => Promise<unknown>) => Unsubscribe;
  readonly publish: (subject: string, message: unknown) => void;
  /** `subject` may end in `.*`: one further part of any content. */
  readonly subscribe: (subject: string, handler: (message: never, subject: string) => void) => Unsubscribe;
  readonly close: () => Promise<void>;
};

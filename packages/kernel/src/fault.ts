/** Failures of the shell. Engines never throw these: they reject. */
export const faults = {
  bus_unavailable: { retryable: true },
  command_timeout: { retryable: true },
  journal_unavailable: { retryable: true },
  journal_corrupt: { retryable: false },
  overloaded: { retryable: true },
  shard_fenced: { retryable: true },
  shard_not_found: { retryable: false },
  shard_frozen: { retryable: false },
  shutting_down: { retryable: true },
} as const satisfies Readonly<Record<string, { readonly retryable: boolean }>>;

export type FaultCode = keyof typeof faults;

export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: FaultCode, detail: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(detail)}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** What the engine asks of the lists of units and numbers; `@kontor/standards` answers. */
export type CodeLists = {
  /** Whether it is a unit's code, in force. */
  readonly isUnit: (code: string) => boolean;
  /** The code that another spelling means, or null. */
  readonly unitMeant: (text: string) => string | null;
  /** How many of `to` one of `from` is; null for units that do not measure the same. */
  readonly unitRatio: (from: string, to: string) => { readonly num: bigint; readonly den: bigint } | null;
  readonly checkGtin: (
    text: string,
  ) => { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };
};

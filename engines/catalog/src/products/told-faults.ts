import type { CatalogRefusalCode } from "@kontor/protocol";

type MemberFaultCode = CatalogRefusalCode | "quantity_scale_exceeded";

/** What is wrong with a member of what was sent, and what would have been right. */
export type MemberFault = {
  readonly code: MemberFaultCode;
  /** JSON pointer into what was sent. */
  readonly pointer: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Judged<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: MemberFault };

export const fine = <Value>(value: Value): Judged<Value> => ({ ok: true, value });

export function faulty(code: MemberFaultCode, pointer: string, data: MemberFault["data"] = {}) {
  return { ok: false, fault: { code, pointer, data } } as const;
}

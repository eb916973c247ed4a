import type { ProblemCode } from "@kontor/protocol";
import type { Database } from "../connect.ts";

/** Why something was not done: a code of the problem registry with its numbers. */
export type Refused = {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Answered<Value> = { readonly ok: true; readonly value: Value } | Refused;

export const refused = (code: ProblemCode, data: Refused["data"] = {}): Refused => ({ ok: false, code, data });
export const answered = <Value>(value: Value) => ({ ok: true, value }) as const;

class Undone extends Error {
  readonly refusal: Refused;

  constructor(refusal: Refused) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Does all of the work or, where it is refused, nothing of it. */
export async function wholly<Value>(
  db: Database,
  work: (tx: Database) => Promise<Answered<Value>>,
): Promise<Answered<Value>> {
  try {
    return await db.transaction(async (tx) => {
      const answer = await work(tx);
      if (!answer.ok) throw new Undone(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

import type { Rejection } from "../events.ts";
import { holdAll, holdNone } from "../matching/holds.ts";
import { sayCommandRejected } from "../orders/rejecting.ts";
import { CASH, GOODS } from "../store/accounts.ts";
import type { Core } from "../store/core.ts";
import { E_ORDER, N_FIRST, N_SECOND } from "../wire/event-ring.ts";
import { ALLOCATED } from "../wire/event-types.ts";
import { R_ACCOUNT, R_CASH, R_GOODS, readPair } from "../wire/record.ts";

const LARGEST = 2 ** 52;

/** `allocate`: from the first time on the account is held to what it was given. */
export function allocate(core: Core, record: Int32Array, offset: number): void {
  const account = record[offset + R_ACCOUNT] as number;
  const cash = readPair(record, offset + R_CASH);
  const goods = readPair(record, offset + R_GOODS);
  const { accounts } = core;
  const known = accounts.indexOf(account);
  const index = known === 0 ? accounts.add(account) : known;
  if (known === 0) holdAll(core, account);
  const rejection = checkAllocation(core, index, { cash, goods });
  if (rejection !== undefined) {
    if (known === 0) holdNone(core, account);
    return sayCommandRejected(core, rejection);
  }
  core.charges = true;
  accounts.move(index, CASH, cash);
  accounts.move(index, GOODS, goods);
  const at = core.ring.add(ALLOCATED);
  core.ring.words[at + E_ORDER] = account;
  core.ring.numbers[(at >> 1) + N_FIRST] = cash;
  core.ring.numbers[(at >> 1) + N_SECOND] = goods;
}

type Change = { readonly cash: number; readonly goods: number };

function checkAllocation(core: Core, index: number, { cash, goods }: Change): Rejection | undefined {
  const { accounts } = core;
  const freeCash = accounts.freeCash(index);
  const freeGoods = accounts.freeGoods(index);
  if (freeCash + cash < 0) return { code: "insufficient_funds", limit: freeCash, field: "cash" };
  if (freeGoods + goods < 0) return { code: "insufficient_goods", limit: freeGoods, field: "goods" };
  if (accounts.get(index, CASH) + cash > LARGEST) return { code: "balance_too_large", limit: LARGEST, field: "cash" };
  if (accounts.get(index, GOODS) + goods <= LARGEST) return undefined;
  return { code: "balance_too_large", limit: LARGEST, field: "goods" };
}

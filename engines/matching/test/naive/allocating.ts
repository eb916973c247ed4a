import type { Rejection } from "../../src/events.ts";
import { rejection } from "./checks.ts";
import { heldOf } from "./holds.ts";
import type { NaiveState } from "./naive-state.ts";
import { emit } from "./naive-state.ts";

type Move = { readonly account: number; readonly cash: number; readonly goods: number };

const largestBalance = 2 ** 52;

export function allocate(state: NaiveState, { account, cash, goods }: Move): void {
  const refused = allocationRejection(state, { account, cash, goods });
  if (refused !== null) {
    emit(state, { type: "command_rejected", ...refused });
    return;
  }
  const before = state.accounts.get(account) ?? { cash: 0, goods: 0 };
  state.accounts.set(account, { cash: before.cash + cash, goods: before.goods + goods });
  emit(state, { type: "allocated", account, cash, goods });
}

function allocationRejection(state: NaiveState, { account, cash, goods }: Move): Rejection | null {
  const balance = state.accounts.get(account) ?? { cash: 0, goods: 0 };
  const { cashHeld, goodsHeld } = heldOf(state, account);
  const freeCash = balance.cash - cashHeld;
  const freeGoods = balance.goods - goodsHeld;
  if (freeCash + cash < 0) return rejection("insufficient_funds", { limit: freeCash });
  if (freeGoods + goods < 0) return rejection("insufficient_goods", { limit: freeGoods });
  if (balance.cash + cash > largestBalance || balance.goods + goods > largestBalance) {
    return rejection("balance_too_large", { limit: largestBalance });
  }
  return null;
}

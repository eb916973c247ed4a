import type { Command, MassCancel, Phase, Side } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { BookEvent } from "../../src/events.ts";
import { allocate } from "./allocating.ts";
import { amend, findOrder, replace } from "./amending.ts";
import { setBands } from "./band-change.ts";
import { indicative, uncross } from "./call-auction.ts";
import { cancel, cancelAll } from "./cancelling.ts";
import { findBound, firstRejection, rejection } from "./checks.ts";
import { bust, correct } from "./corrections.ts";
import { enter } from "./entering.ts";
import { heldOf } from "./holds.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { createState, emit, orderOf } from "./naive-state.ts";
import { changePhase, holdsMarketOrder, isCrossed } from "./phase-change.ts";
import { settle } from "./settling.ts";
import { hashOf, queueOf } from "./state-hash.ts";

type NaiveLevel = { readonly price: number; readonly quantity: number; readonly orders: readonly number[] };

type NaiveAccount = {
  readonly cash: number;
  readonly goods: number;
  readonly cashHeld: number;
  readonly goodsHeld: number;
};

/** The matching engine in its plainest form: everything is looked up by going through all orders. */
export type NaiveBook = {
  /**
   * The facts of the command in the order of SPEC.md; level changes and end marks are left out.
   * @throws RangeError when `at` is before that of an earlier command.
   */
  submit(command: Command): readonly BookEvent[];
  /** Visible levels, best first. */
  depth(side: Side): readonly NaiveLevel[];
  /** Of an account that was ever allocated to. */
  account(account: number): NaiveAccount | undefined;
  readonly lastPrice: number | null;
  readonly reference: number | null;
  readonly phase: Phase;
  /** Numbers of all resting, dormant and parked orders. */
  liveOrders(): readonly number[];
  /** A live order as it stands, to look at only. */
  order(order: number): Readonly<NaiveOrder> | undefined;
  hash(): number;
};

/** @throws RangeError when the configuration is refused ("Numbers" in SPEC.md). */
export function createNaiveBook(config: BookConfig): NaiveBook {
  const state = createState(config);
  return {
    submit: (command) => submit(state, command),
    depth: (side) => depthOf(state, side),
    account: (account) => {
      const allocation = state.accounts.get(account);
      return allocation === undefined ? undefined : { ...allocation, ...heldOf(state, account) };
    },
    get lastPrice() {
      return state.last;
    },
    get reference() {
      return state.reference;
    },
    get phase() {
      return state.phase;
    },
    liveOrders: () => state.orders.map((order) => order.order),
    order: (order) => state.orders.find((each) => each.order === order),
    hash: () => hashOf(state),
  };
}

function submit(state: NaiveState, command: Command): readonly BookEvent[] {
  if (command.at < state.at) throw new RangeError(`time goes back from ${state.at} to ${command.at}`);
  state.at = command.at;
  state.events = [];
  expire(state);
  carryOut(state, command);
  if (command.type !== "bust" && command.type !== "correct" && !isRefused(state)) settle(state);
  return state.events;
}

/** A refused command is followed by nothing, unless orders expired before it was looked at. */
function isRefused({ events }: NaiveState): boolean {
  return events[0]?.type.endsWith("rejected") ?? false;
}

function expire(state: NaiveState): void {
  const due = state.orders.filter((order) => order.expiresAt !== undefined && order.expiresAt <= state.at);
  due.sort((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0) || a.time - b.time);
  for (const order of due) cancel(state, order, "expired");
}

function carryOut(state: NaiveState, command: Command): void {
  switch (command.type) {
    case "new":
      return submitNew(state, command);
    case "cancel":
      return cancelOne(state, command);
    case "amend":
      return amend(state, command);
    case "replace":
      return replace(state, command);
    case "mass_cancel":
      return massCancel(state, command);
    case "block":
      massCancel(state, { account: command.account });
      state.blocked.add(command.account);
      return emit(state, { type: "blocked", account: command.account });
    case "unblock":
      state.blocked.delete(command.account);
      return emit(state, { type: "unblocked", account: command.account });
    case "phase":
      return askForPhase(state, command);
    case "uncross":
      return uncross(state, command);
    case "indicative":
      return indicative(state);
    case "set_bands":
      return setBands(state, command);
    case "set_reference":
      state.reference = command.price;
      return emit(state, { type: "reference_changed", price: command.price });
    case "bust":
      return bust(state, command.trade);
    case "correct":
      return correct(state, command);
    case "allocate":
      return allocate(state, command);
    case "clock":
      return;
  }
}

function submitNew(state: NaiveState, command: Extract<Command, { type: "new" }>): void {
  const order = orderOf(state.config, command);
  findBound(state, order);
  const refused = firstRejection({ state, order, as: "new", old: null });
  if (refused !== null) return emit(state, { type: "rejected", order: order.order, ...refused });
  emit(state, { type: "accepted", order: order.order });
  order.extreme = state.last;
  state.orders.push(order);
  enter(state, order);
}

function cancelOne(state: NaiveState, command: Extract<Command, { type: "cancel" }>): void {
  const order = findOrder(state, command);
  if (order !== undefined) return cancel(state, order, "user");
  emit(state, { type: "cancel_rejected", order: command.order, ...rejection("unknown_order") });
}

function massCancel(state: NaiveState, asked: MassCancel): void {
  const fitting = state.orders.filter(
    (order) =>
      (asked.account === undefined || order.account === asked.account) &&
      (asked.ownerGroup === undefined || order.group === asked.ownerGroup) &&
      (asked.side === undefined || order.side === asked.side) &&
      (asked.session === undefined || order.session === asked.session) &&
      (asked.onDisconnect !== true || order.onDisconnect),
  );
  cancelAll(state, fitting, "mass_cancel");
  emit(state, { type: "mass_cancelled", count: fitting.length });
}

function askForPhase(state: NaiveState, command: Extract<Command, { type: "phase" }>): void {
  const { phase, purpose } = command;
  const willTrade = phase === "continuous" || phase === "closing_cross";
  if (willTrade && (isCrossed(state) || holdsMarketOrder(state))) {
    return emit(state, { type: "command_rejected", ...rejection("book_crossed") });
  }
  if (phase === "closing_cross" && state.reference === null) {
    return emit(state, { type: "command_rejected", ...rejection("no_reference") });
  }
  changePhase(state, phase, purpose);
}

function depthOf(state: NaiveState, side: Side): NaiveLevel[] {
  const levels: { price: number; quantity: number; orders: number[] }[] = [];
  for (const order of queueOf(state, side)) {
    if (order.limit === null) continue;
    const level = levels.at(-1);
    if (level?.price === order.limit) {
      level.quantity += order.shown;
      level.orders.push(order.order);
    } else {
      levels.push({ price: order.limit, quantity: order.shown, orders: [order.order] });
    }
  }
  return levels;
}

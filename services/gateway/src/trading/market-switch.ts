import type { Actor } from "@kontor/kernel";
import { sha256Hex } from "@kontor/kernel";
import type { Problem, SwitchOutcome } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { Repositories } from "../dependencies.ts";
import { problemOfAnswer } from "./answer-problem.ts";
import type { CommandDesk } from "./command-desk.ts";

export type SwitchOrder = {
  readonly actor: Actor;
  /** The caller's own; each instrument's command has one made from it, so that a repetition does nothing twice. */
  readonly key: string;
  readonly reason: string;
};

/** What is done to every listed instrument of a marketplace at once, as far as the read models know of them. */
export type MarketSwitch = {
  readonly halt: (order: SwitchOrder) => Promise<readonly SwitchOutcome[]>;
  /** Cancels a company's orders everywhere and takes no more. */
  readonly block: (order: SwitchOrder, companyId: string) => Promise<readonly SwitchOutcome[]>;
  readonly unblock: (order: SwitchOrder, companyId: string) => Promise<readonly SwitchOutcome[]>;
};

type Parts = { readonly desk: CommandDesk; readonly instruments: Pick<Repositories["instruments"], "list"> };
type Command = { readonly type: string; readonly [member: string]: unknown };

const keyLength = 32;

export function createMarketSwitch({ desk, instruments }: Parts): MarketSwitch {
  async function throwIn(instrumentId: string, order: SwitchOrder, command: Command): Promise<SwitchOutcome> {
    const key = sha256Hex(`${order.key} ${command.type} ${instrumentId}`).slice(0, keyLength);
    const problem = await problemIn(desk, { key, command: { ...command, instrumentId }, actor: order.actor });
    return { instrumentId, done: problem === null, ...(problem !== null && { problem }) };
  }

  async function everywhere(order: SwitchOrder, command: Command): Promise<readonly SwitchOutcome[]> {
    const outcomes: SwitchOutcome[] = [];
    let cursor: string | undefined;
    do {
      const page = await instruments.list(order.actor, { state: "listed", limit: 200, cursor });
      if (!page.ok) break;
      outcomes.push(...(await Promise.all(page.data.map((one) => throwIn(one.instrumentId, order, command)))));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return outcomes;
  }

  return {
    halt: (order) => everywhere(order, { type: "set_phase", phase: "halt", reason: order.reason }),
    block: (order, companyId) => everywhere(order, { type: "block_trader", companyId, reason: order.reason }),
    unblock: (order, companyId) => everywhere(order, { type: "unblock_trader", companyId, reason: order.reason }),
  };
}

/** Null when it was done. */
async function problemIn(desk: CommandDesk, command: Parameters<CommandDesk["send"]>[0]): Promise<Problem | null> {
  try {
    const answer = await desk.send(command);
    return answer.ok ? null : problemOfAnswer(answer);
  } catch {
    return problemOf("outcome_unknown");
  }
}

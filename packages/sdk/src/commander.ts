import type { CommandReceipt, CommandType, PersonCommandInput } from "@kontor/protocol";
import { commandRoutes } from "@kontor/protocol";
import { commandRequestOf } from "./http/command-address.ts";
import type { Requester } from "./http/requester.ts";
import { newId } from "./ids.ts";
import type { Patience } from "./patience.ts";
import type { CommandOutcome } from "./result.ts";

export type CommandOptions = {
  /** Idempotency key; made here unless the caller keeps his own, say across a restart of his program. */
  readonly key?: string;
  /** The command is refused with `command_stale` when the server stamps it later: an RFC 3339 instant. */
  readonly validUntil?: string;
  /**
   * Aborted, the command is sent no more. What was refused until then is the outcome; `outcome_unknown` when an attempt
   * stayed unanswered: the same key asks about it.
   */
  readonly signal?: AbortSignal;
};

type InputOf<Type extends CommandType> = Extract<PersonCommandInput, { type: Type }>;
type Camel<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;

/** One method per command: `submitBid({ lotId, price })` sends `submit_bid`. */
export type CommandMethods = {
  readonly [Type in CommandType as Camel<Type>]: (
    members: Omit<InputOf<Type>, "type">,
    options?: CommandOptions,
  ) => Promise<CommandOutcome>;
};

export type SendCommand = (command: PersonCommandInput, options?: CommandOptions) => Promise<CommandOutcome>;

/**
 * Sends a command over HTTP until it is decided, always under one key, so that it happens at most once.
 * A refusal is an answer; nothing is thrown.
 */
export async function commandOverHttp(
  requester: Requester,
  command: PersonCommandInput,
  options: CommandOptions & { readonly patience: Patience },
): Promise<CommandOutcome> {
  const headers: Record<string, string> = { "idempotency-key": options.key ?? newId() };
  if (options.validUntil !== undefined) headers["valid-until"] = options.validUntil;
  const { patience } = options;
  const answer = await requester.ask(commandRequestOf(command, headers), { repeatable: true, patience });
  if (!answer.ok) return answer;
  return { ok: true, receipt: answer.value.body as CommandReceipt };
}

export function commandMethods(send: SendCommand): CommandMethods {
  const types = Object.keys(commandRoutes) as CommandType[];
  const methods = types.map((type) => [
    camelOf(type),
    (members: object, options?: CommandOptions) => send({ type, ...members } as PersonCommandInput, options),
  ]);
  return Object.fromEntries(methods) as CommandMethods;
}

function camelOf(type: string): string {
  return type.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

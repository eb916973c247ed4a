import type { ExchangeCommandType, ExchangePersonCommand, ExchangePersonCommandInput } from "./exchange/commands.ts";
import { exchangeCommands } from "./exchange/commands.ts";
import type { TenderCommandType, TenderPersonCommand, TenderPersonCommandInput } from "./tender/commands.ts";
import { tenderCommands } from "./tender/commands.ts";

/** Every command of a person, whatever it is about; no two mechanisms have one of the same name. */
export const personCommands = { ...tenderCommands, ...exchangeCommands } as const;
export type CommandType = TenderCommandType | ExchangeCommandType;
export type PersonCommand = TenderPersonCommand | ExchangePersonCommand;
export type PersonCommandInput = TenderPersonCommandInput | ExchangePersonCommandInput;

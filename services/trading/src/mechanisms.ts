import { tenderEngine } from "@kontor/auction";
import { exchangeEngine } from "@kontor/matching";
import type { Mechanisms } from "./mechanism.ts";
import { mechanismOf, mechanismsOf } from "./mechanism.ts";

/** What this installation trades with: one line per mechanism, here and nowhere else in shared code. */
export const mechanisms: Mechanisms = mechanismsOf([mechanismOf(tenderEngine), mechanismOf(exchangeEngine)]);

import { gateStep } from "./gate.ts";
import { biomeGate } from "./gates/biome.ts";
import { knipGate } from "./gates/knip.ts";
import { typeScriptGate } from "./gates/typescript.ts";
import type { Step } from "./step.ts";
import { vitestStep } from "./vitest-step.ts";

const minute = 60_000;

const check = [
  gateStep(biomeGate),
  gateStep(typeScriptGate),
  gateStep(knipGate),
  vitestStep({ project: "tidy", timeoutMs: 5 * minute }),
];
const unit = vitestStep({ project: "unit", timeoutMs: 10 * minute });
const db = vitestStep({ project: "db", timeoutMs: 15 * minute });
const journeys = vitestStep({ project: "journeys", timeoutMs: 15 * minute });
const web = vitestStep({ project: "web", timeoutMs: 15 * minute, mayLack: "Chromium" });
const replay = vitestStep({ project: "replay", timeoutMs: 15 * minute, mayLack: "replay data" });
const chaos = vitestStep({ project: "chaos", timeoutMs: 20 * minute });

/** What can be asked for, in the order of `npm test`: cheap and telling first. */
export const groups: Readonly<Record<string, readonly Step[]>> = {
  all: [...check, unit, db, journeys, web, replay, chaos],
  check,
  unit: [unit],
  db: [db],
  journeys: [journeys],
  web: [web],
  replay: [replay],
  chaos: [chaos],
};

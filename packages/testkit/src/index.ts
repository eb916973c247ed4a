export { auditorOf, marketplace, memberOf, operatorOf } from "./actors.ts";
export type { SetClock } from "./clock.ts";
export { at, later, setClock } from "./clock.ts";
export type { Answer, Drive, Entry } from "./drive.ts";
export { drive, factsOf, testEntropy } from "./drive.ts";
export { wheatTerms } from "./instruments.ts";
export type { Dated, Given, Outcome, Sent, Spec } from "./spec.ts";
export { spec } from "./spec.ts";

export type { TenderState } from "./tender/state.ts";
export { tenderEngine } from "./tender/tender-engine.ts";

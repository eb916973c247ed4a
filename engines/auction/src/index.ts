export type { PresetName, ProcedurePreset } from "./tender/presets.ts";
export { procedurePresets } from "./tender/presets.ts";
export type { TenderState } from "./tender/state.ts";
export { tenderEngine } from "./tender/tender-engine.ts";

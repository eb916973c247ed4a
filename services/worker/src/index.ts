export type { Clearing, ClearingOptions } from "./clearing/create-clearing.ts";
export { createClearing } from "./clearing/create-clearing.ts";
export type { Log, Worker, WorkerOptions, WorkerStats } from "./create-worker.ts";
export { createWorker } from "./create-worker.ts";
export type { RebuildOptions, Rebuilt } from "./rebuild.ts";
export { rebuild } from "./rebuild.ts";

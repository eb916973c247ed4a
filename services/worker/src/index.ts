export type { BackgroundJobs } from "./background-jobs.ts";
export type { BuyingOptions } from "./buying/create-buying.ts";
export { createBuying } from "./buying/create-buying.ts";
export type { ClearingOptions } from "./clearing/create-clearing.ts";
export { createClearing } from "./clearing/create-clearing.ts";
export type { Log, Worker, WorkerOptions, WorkerStats } from "./create-worker.ts";
export { createWorker } from "./create-worker.ts";
export type { RebuildOptions, Rebuilt } from "./rebuild.ts";
export { rebuild } from "./rebuild.ts";

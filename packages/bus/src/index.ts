export { createInProcessBus, type InProcessBusOptions } from "./in-process.ts";
export type * from "./port.ts";
export * from "./trading-port.ts";

export type * from "./port.ts";
export * from "./trading-port.ts";

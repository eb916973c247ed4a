export type { StandaloneConfig } from "./config.ts";
export { parseStandaloneConfig } from "./config.ts";
export type { Standalone, StandaloneOptions } from "./create-standalone.ts";
export { createStandalone } from "./create-standalone.ts";
export { StartError } from "./start-error.ts";

export { type EmbeddedEvent, type EmbeddedOptions, type EmbeddedServer, startEmbedded } from "./server.ts";
export type { ServerSettings } from "./settings.ts";

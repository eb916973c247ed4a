import type { BookOptions } from "../store/core.ts";

/** Streams show levels at every commit, and orders are explained by the queue that they came into. */
export const bookOptions: BookOptions = { levels: true, queues: true };

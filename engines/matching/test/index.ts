/** What proofs outside this package are made with: the twin, generated commands and their comparison. */
export { type CommandStream, createCommandStream, type WatchedBook } from "./command-stream.ts";
export { findDifference } from "./finding.ts";
export { createNaiveBook, type NaiveBook } from "./naive/naive-book.ts";
export { compare } from "./side-by-side.ts";
export { createWideStream } from "./wide-stream.ts";

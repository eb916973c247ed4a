import type { StepRule } from "./profile-shares.ts";

/** What the server does with a command, step by step, as it is known by its own files. */
const own: readonly StepRule[] = [
  { step: "parse", url: /gateway\/src\/live\/live-session\.ts$/, name: /^parsedJson$/ },
  { step: "validate", url: /gateway\/src\/live\/live-session\.ts$/, name: /^(#faultOf|commandOf)$/ },
  { step: "validate", url: /gateway\/src\/plugins\/validation\.ts$|\/zod\// },
  { step: "serialise", url: /gateway\/src\/live\/(live-connection|wire-frame)\.ts$/ },
  { step: "streams", url: /gateway\/src\/live\/(audience|conflation|hub|live-view|shard-feed|stream-|frame-)/ },
  { step: "streams", url: /trading\/src\/(views|view-requests|published-stream|stream-differences)\.ts$/ },
  { step: "streams", url: /matching\/src\/market\/([\w-]*views|market-patches|own-account|stream-names)\.ts$/ },
  { step: "route", url: /gateway\/src\/|packages\/bus\/src\// },
  { step: "engine", url: /engines\/matching\/src\// },
  { step: "journal", url: /db\/src\/journal\/|trading\/src\/(journal-writer|commits|open-batch|batch)\.ts$/ },
  { step: "read_models", url: /services\/worker\/src\/|\/drizzle-orm\/|\/db\/src\// },
  { step: "host", url: /services\/trading\/src\// },
];

/** What is in between; asked about only where none of the server's own files is on the stack. */
const underneath: readonly StepRule[] = [
  { step: "socket_frames", url: /\/ws\/lib\// },
  { step: "database_replies", url: /\/postgres\/src\// },
];

export const serverSteps = [own, underneath] as const;

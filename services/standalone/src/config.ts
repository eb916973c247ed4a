/** The environment of this process; the only place that reads it. It imports nothing, so that small commands start at once. */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/** The port of an installation that says nothing about it; if it is taken, the next free one serves. */
export const usualPort = 3000;

import type { Example } from "./example-requests.ts";

/** The same answer whether or not the body is asked for. */
export function reading(path: string, example: Omit<Example, "status">): Readonly<Record<string, Example>> {
  return { [`GET ${path}`]: { ...example, status: 200 }, [`HEAD ${path}`]: { ...example, status: 200 } };
}

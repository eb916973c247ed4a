import type { PersonCommandInput } from "@kontor/protocol";
import { commandRoutes } from "@kontor/protocol";
import type { HttpRequest } from "./transport.ts";

/** Where a command goes over HTTP: path members in the path, its version in If-Match, the rest in the body. */
export function commandRequestOf(command: PersonCommandInput, headers: Record<string, string>): HttpRequest {
  const { type, ...members } = command;
  const route = commandRoutes[type];
  const rest: Record<string, unknown> = members;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (route.versioned === true) {
    const match = { "if-match": `"${String(rest["expectedVersion"])}"` };
    delete rest["expectedVersion"];
    return { method: route.method, path, body: rest, headers: { ...headers, ...match } };
  }
  return { method: route.method, path, body: rest, headers };
}

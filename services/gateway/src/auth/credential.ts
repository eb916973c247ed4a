import type { IncomingHttpHeaders } from "node:http";

/** What a request shows of its caller. */
export type Credential =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "session"; readonly token: string; readonly cookie: string };

/** A key wins over a cookie: a program that sends one means it. Null when there is neither. */
export function credentialOf(
  headers: IncomingHttpHeaders,
  names: { readonly cookieName: string; readonly apiKeyPrefix: string },
): Credential | null {
  const key = apiKeyIn(headers, names.apiKeyPrefix);
  if (key !== null) return { kind: "key", key };
  const token = cookieIn(headers.cookie ?? "", names.cookieName);
  return token === null ? null : { kind: "session", token, cookie: `${names.cookieName}=${token}` };
}

function apiKeyIn(headers: IncomingHttpHeaders, prefix: string): string | null {
  const own = headers["x-api-key"];
  if (typeof own === "string" && own !== "") return own;
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? "")?.[1];
  return bearer?.startsWith(prefix) === true ? bearer : null;
}

function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const cut = part.indexOf("=");
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim() || null;
  }
  return null;
}

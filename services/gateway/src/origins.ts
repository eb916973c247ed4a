/** The address of a server that listens there; an IPv6 host comes without brackets. */
export function httpUrlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Which web origins may speak with a user's cookie. */
export type OriginRule = {
  readonly allows: (origin: string) => boolean;
  readonly list: () => readonly string[];
};

/** The base URL's origin, the configured ones and, once the server listens, its own address. */
export function createOriginRule(
  configured: readonly string[],
  baseUrl: string | null,
  listening: () => readonly string[],
): OriginRule {
  const fixed = [...configured, ...(baseUrl === null ? [] : [new URL(baseUrl).origin])];
  const list = (): readonly string[] => [...fixed, ...listening()];
  return { list, allows: (origin) => list().includes(origin) };
}

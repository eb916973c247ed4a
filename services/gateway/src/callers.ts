import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";

/** What proxies write into requests that they pass on. */
const forwardingHeaders = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
] as const;

const privateNetworks: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["127.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["::1", 128, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
];

const privateAddresses = new BlockList();
for (const [network, prefix, family] of privateNetworks) privateAddresses.addSubnet(network, prefix, family);

/** The members of a request that tell where it comes from. */
export type Arrival = {
  readonly headers: IncomingHttpHeaders;
  /** The caller, as far as trusted proxies tell. */
  readonly ip: string;
  /** The caller and the trusted proxies after him; missing where none is trusted. */
  readonly ips?: readonly string[] | undefined;
};

/**
 * Whether the request comes from this machine itself. One that a proxy passed on does so only if the proxy is trusted
 * and names this machine: whoever is behind an unknown proxy may be anybody.
 */
export function isLocalCaller(request: Arrival): boolean {
  return isLoopback(request.ip) && (!isForwarded(request) || isBelieved(request));
}

/** Whether a proxy passed the request on that nobody said is to be trusted, and that may well be the operator's own. */
export function comesThroughUnknownProxy(request: Arrival): boolean {
  return isForwarded(request) && !isBelieved(request) && isPrivate(request.ip);
}

function isForwarded({ headers }: Arrival): boolean {
  return forwardingHeaders.some((name) => headers[name] !== undefined);
}

function isBelieved({ ips = [] }: Arrival): boolean {
  return ips.length > 1;
}

function isLoopback(address: string): boolean {
  const plain = withoutMapping(address);
  return plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

function isPrivate(address: string): boolean {
  const plain = withoutMapping(address);
  const version = isIP(plain);
  return version !== 0 && privateAddresses.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/** An IPv4 address that came in over an IPv6 socket, as itself; others without their zone. */
function withoutMapping(address: string): string {
  return (address.split("%", 1)[0] ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
}

import { isIP } from "node:net";
import type { GatewayConfig } from "@kontor/gateway";

/** Whether nobody but who sits at this machine can come to an installation that listens there. */
export function isOutOfReach({ host, baseUrl, trustedProxies }: GatewayConfig): boolean {
  const toldAbroad = baseUrl !== null && !isLoopbackHost(new URL(baseUrl).hostname.replace(/^\[(.*)\]$/, "$1"));
  return isLoopbackHost(host) && !toldAbroad && trustedProxies.length === 0;
}

function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

import { createServer } from "node:net";
import { usualPort } from "./config.ts";

const triesMax = 50;

/**
 * The port to listen on: the wished one, or from the usual one on the first that is free.
 *
 * @param wished null for the usual one; 0 for any
 * @throws Error with a sentence for the operator when the wished port is taken, or all the others are.
 */
export async function choosePort(host: string, wished: number | null): Promise<number> {
  if (wished !== null) {
    const port = await tryPort(host, wished);
    if (port !== null) return port;
    throw new Error(
      `Port ${wished} is taken. Stop what uses it, or choose another: KONTOR_PORT=${wished + 1} npm start`,
    );
  }
  for (let port = usualPort; port < usualPort + triesMax; port++) if ((await tryPort(host, port)) !== null) return port;
  throw new Error(
    `Ports ${usualPort} to ${usualPort + triesMax - 1} are taken. Choose another: KONTOR_PORT=8080 npm start`,
  );
}

/** Null when something listens there already. */
function tryPort(host: string, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
      else reject(new Error(noSuchHost(host, error.code)));
    });
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      probe.close(() => resolve(taken));
    });
  });
}

function noSuchHost(host: string, code = "unknown"): string {
  return `This machine cannot listen on ${host} (${code}). Set KONTOR_HOST to one of its addresses, or leave it out.`;
}

import { startEmbedded } from "../src/embedded/index.ts";

/** A parent for a server, to be killed by a test: prints the server's address, then lives on. */
const [folder = ""] = process.argv.slice(2);
const server = await startEmbedded({ folder });
process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid(), port: server.port })}\n`);
setInterval(() => {}, 60_000);

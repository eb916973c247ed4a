// The process that the harness kills. It keeps compiled code beside its data: a server that is killed a thousand times
// should spend its time on coming back, not on compiling the same files again.
import { enableCompileCache } from "node:module";

enableCompileCache(process.argv[2]);
const { serveParent } = await import("./installation.ts");
serveParent();

// A worker that brings catalogues in, in a process of its own: what it needs of memory is its own too.
import { createInProcessBus } from "@kontor/bus";
import { connect } from "@kontor/db";
import { createImporter } from "@kontor/worker";

const wallClock = { now: () => Date.now() * 1_000 };

process.once("message", (url: string) => {
  const { db, close } = connect(url, { max: 4 });
  const log = { info: () => {}, error: (fields: object, message: string) => console.error(message, fields) };
  const importer = createImporter({ db, bus: createInProcessBus(), clock: wallClock, log, pollMs: 50 });
  let peak = 0;
  const looking = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  importer.start();
  process.send?.("ready");
  process.once("message", async () => {
    clearInterval(looking);
    await importer.stop();
    await close();
    process.send?.({ peakMegabytes: peak / 1_000_000 }, () => process.disconnect());
  });
});

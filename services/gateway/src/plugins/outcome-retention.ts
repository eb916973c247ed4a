import type { RequestOutcomeStore } from "@kontor/db/auth";
import { limits } from "@kontor/kernel";
import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";

/**
 * Deletes answers that nobody may ask for again, from the start on and at every interval, in statements of bounded size.
 * Any number of gateways may do so at once. What fails is tried again at the next interval.
 */
export const outcomeRetention = fastifyPlugin(
  (app: FastifyInstance, { outcomes }: { readonly outcomes: RequestOutcomeStore }, done: () => void) => {
    let timer: NodeJS.Timeout | undefined;
    let sweeping: Promise<void> = Promise.resolve();
    let closing = false;

    async function sweep(): Promise<void> {
      const bounds = { keptMs: limits.requestOutcomesKeptMs, rowsMax: limits.requestOutcomesSweepRows };
      let gone: number = bounds.rowsMax;
      while (gone === bounds.rowsMax && !closing) gone = await outcomes.forget(bounds);
    }

    function start(): void {
      sweeping = sweeping.then(sweep).catch((err: unknown) => app.log.warn({ err }, "old answers were not deleted"));
    }

    app.addHook("onReady", (ready) => {
      start();
      timer = setInterval(start, limits.requestOutcomesSweepMs).unref();
      ready();
    });
    app.addHook("onClose", async () => {
      closing = true;
      clearInterval(timer);
      await sweeping;
    });
    done();
  },
  { name: "outcome-retention" },
);

import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { permissionOf } from "../access/declarations.ts";
import { isLocalCaller } from "../callers.ts";
import { textOfFigures } from "../figures-text.ts";
import { Refusal } from "../refusal.ts";
import type { SystemFigures } from "../system-figures.ts";

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counters of one gateway. Labels name routes, classes and codes, never companies, marketplaces or people. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const frames = { written: 0 };
  new Counter({
    name: "ws_frames_total",
    help: "Frames written to live connections.",
    registers,
    collect() {
      this.reset();
      this.inc(frames.written);
    },
  });
  return {
    register,
    /** Counted here and collected on demand, since one update can mean thousands. */
    frames,
    requests: new Histogram({
      name: "http_server_request_duration_seconds",
      help: "Time from a request's arrival until its answer was sent.",
      labelNames: ["method", "route", "status"] as const,
      buckets: seconds,
      registers,
    }),
    commands: new Histogram({
      name: "market_engine_command_duration_seconds",
      help: "Time until a command's answer, as the gateway sees it.",
      labelNames: ["command"] as const,
      buckets: [0.001, 0.0025, ...seconds],
      registers,
    }),
    connections: new Gauge({ name: "ws_connections", help: "Open live connections.", registers }),
    subscriptions: new Gauge({ name: "ws_subscriptions", help: "Streams that connections follow.", registers }),
    closes: new Counter({
      name: "ws_closes_total",
      help: "Live connections that the gateway closed.",
      labelNames: ["reason"] as const,
      registers,
    }),
    refusals: new Counter({
      name: "gateway_refusals_total",
      help: "Requests and live messages that ended in a problem.",
      labelNames: ["code"] as const,
      registers,
    }),
  };
}

export type MetricsOptions = {
  readonly metrics: Metrics;
  readonly figures: SystemFigures;
  /** False where a listener of its own serves them. */
  readonly onThisPort: boolean;
};

/**
 * Times every request and serves what was counted, but only to callers on this machine: how often which command came
 * tells what sealed procedures hide.
 */
export const metricsRoutes = fastifyPlugin(
  (app: FastifyInstance, { metrics, figures, onThisPort }: MetricsOptions, done: () => void) => {
    app.addHook("onResponse", (request, reply, next) => {
      const route = request.routeOptions.url ?? "unknown";
      const labels = { method: request.method, route, status: String(reply.statusCode) };
      metrics.requests.observe(labels, reply.elapsedTime / 1000);
      next();
    });
    const text = async (): Promise<string> => `${await metrics.register.metrics()}\n${textOfFigures(figures)}`;
    app.decorate("metricsText", text);
    if (onThisPort) {
      app.get(
        "/metrics",
        {
          config: { permission: permissionOf("read_metrics") },
          schema: { tags: ["health"], summary: "Counters in the text format of Prometheus" },
          logLevel: "warn",
        },
        async (request, reply) => {
          if (!isLocalCaller(request)) throw new Refusal("not_found");
          return reply.type(metrics.register.contentType).send(await text());
        },
      );
    }
    done();
  },
  { name: "metrics", dependencies: ["permission-registry"] },
);

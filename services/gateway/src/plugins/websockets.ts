import websocket from "@fastify/websocket";
import { limits } from "@kontor/kernel";
import type { FastifyInstance } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { LiveDesk } from "../live/live-desk.ts";

/** Websockets within the kernel's limits, without compression; a stop says goodbye and drains first. */
export const websockets = fastifyPlugin(
  async (app: FastifyInstance, { live }: { readonly live: LiveDesk }) => {
    await app.register(websocket, {
      options: {
        maxPayload: limits.frameBytesMax,
        maxFragments: limits.frameFragmentsMax,
        maxBufferedChunks: limits.frameBufferedChunksMax,
        perMessageDeflate: false,
        clientTracking: false,
      },
      errorHandler: (error, socket, request) => {
        request.log.debug({ err: error }, "live connection failed");
        socket.terminate();
      },
      preClose(done) {
        live.close().then(() => {
          app.websocketServer.close();
          done();
        }, done);
      },
    });
  },
  { name: "websockets" },
);

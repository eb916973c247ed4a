import type { FastifyInstance, RouteOptions } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { permissionOf, requireDeclarations } from "../access/declarations.ts";
import type { MatrixEntry } from "../access/matrix.ts";
import { liveMatrix } from "../access/matrix.ts";

/** Routes that other people's plugins mount and that cannot carry a declaration themselves. */
const pluginRoutes: Readonly<Record<string, Parameters<typeof permissionOf>[0]>> = {
  "/assets/*": "read_app",
  "/docs": "read_reference",
  "/docs/": "read_reference",
  "/docs/js/scalar.js": "read_reference",
};

/** Register before any route: records what each declares, and stops the boot at one, or a live message, without. */
export const permissionRegistry = fastifyPlugin(
  (app: FastifyInstance, _options: object, done: (error?: Error) => void) => {
    requireDeclarations();
    const entries: MatrixEntry[] = [];
    app.addHook("onRoute", (route) => {
      const declared = declare(route);
      const { action, ...permission } = declared;
      for (const method of [route.method].flat()) {
        entries.push({ kind: "http", method, path: route.url, action, permission });
      }
    });
    app.decorate("permissionMatrix", () => [...entries, ...liveMatrix()]);
    done();
  },
  { name: "permission-registry" },
);

function declare(route: RouteOptions) {
  const known = pluginRoutes[route.url];
  const declared = route.config?.permission ?? (known === undefined ? undefined : permissionOf(known));
  if (declared === undefined) {
    throw new Error(
      `Route ${[route.method].flat().join("|")} ${route.url} declares no permission: add config.permission to it.`,
    );
  }
  route.config = { ...route.config, permission: declared };
  return declared;
}

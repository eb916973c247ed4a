import type { CommandAnswer } from "@kontor/bus";
import type { Micros } from "@kontor/kernel";
import { instantOfMicros, microsOfInstant } from "@kontor/kernel";
import type { CommandRoute, CommandType } from "@kontor/protocol";
import { CommandReceipt, commandRoutes, Instant, personCommands } from "@kontor/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { commandPermissionOf } from "../../access/declarations.ts";
import { sendProblem } from "../../plugins/problems.ts";
import { invalid } from "../../plugins/validation.ts";
import { problemOfAnswer } from "../../trading/answer-problem.ts";
import type { CommandDesk } from "../../trading/command-desk.ts";
import { keyOf } from "../idempotency-key.ts";
import { versionHeader, versionOf } from "../versions.ts";

/** One route per command, made from the protocol's table: parameters in the path, version and key in headers. */
export function commandRoutesOf(app: FastifyInstance, desk: CommandDesk): void {
  for (const type of Object.keys(commandRoutes) as CommandType[]) {
    registerCommand(app, { type, route: commandRoutes[type], desk });
  }
}

type Registration = { readonly type: CommandType; readonly route: CommandRoute; readonly desk: CommandDesk };

function registerCommand(app: FastifyInstance, { type, route, desk }: Registration): void {
  const shape: Readonly<Record<string, z.ZodType>> = personCommands[type].shape;
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
  const elsewhere = new Set([...inPath, "type", ...(route.versioned === true ? ["expectedVersion"] : [])]);
  const rest = Object.entries(shape).filter(([name]) => !elsewhere.has(name));
  const params = z.strictObject(Object.fromEntries(inPath.map((name) => [name, shape[name] ?? z.never()])));
  const body = z.strictObject(Object.fromEntries(rest));
  app.route({
    method: route.method,
    url: route.path,
    config: { permission: commandPermissionOf(type), idempotency: "journal" },
    schema: {
      tags: ["commands"],
      operationId: type,
      summary: route.summary,
      params,
      ...(rest.length === 0 ? {} : { body }),
      headers: headersOf(route),
      response: { [route.status]: CommandReceipt },
    },
    handler: async (request, reply) => {
      const key = keyOf(request);
      const version = route.versioned === true ? { expectedVersion: versionOf(request) } : {};
      const members = { ...(request.body as object | undefined), ...(request.params as object), ...version };
      const command = { type, ...members };
      const validUntil = validUntilOf(request);
      const answer = await desk.send({ key, command, actor: request.actor, ...validUntil });
      return sendAnswer(reply, route.status, answer);
    },
  });
}

/** Documents the headers; the handler reads them, because each fault of theirs has a code of its own. */
function headersOf(route: CommandRoute): z.ZodType {
  return z.looseObject({
    "valid-until": z.string().optional().meta({ description: "An instant; later the command is refused." }),
    "kontor-company": z.string().optional().meta({ description: "The company to act for, or `none` for staff." }),
    ...(route.versioned === true ? versionHeader : {}),
  });
}

function validUntilOf({ headers }: FastifyRequest): { validUntil?: Micros } {
  const given = headers["valid-until"];
  if (given === undefined) return {};
  const parsed = Instant.safeParse(given);
  const at = parsed.success ? microsOfInstant(parsed.data) : null;
  if (at === null) {
    throw invalid([{ path: ["valid-until"], code: "invalid_format", message: "An RFC 3339 instant." }], "/headers");
  }
  return { validUntil: at };
}

function sendAnswer(reply: FastifyReply, status: number, answer: CommandAnswer): FastifyReply {
  if (!answer.ok) return sendProblem(reply, problemOfAnswer(answer));
  const { epoch, seq, at, result } = answer;
  return reply.code(status).send({ epoch, seq, at: instantOfMicros(at), result });
}

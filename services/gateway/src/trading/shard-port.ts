import type { Bus, CommandAnswer, ViewAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import type { ShardPort } from "@kontor/db";

/** Clearing's way to the shards. */
export function createShardPort(bus: Bus, timeoutMs: number): ShardPort {
  return {
    command: (request) => bus.request<CommandAnswer>(subjects.command, request, { timeoutMs }),
    view: (request) => bus.request<ViewAnswer>(subjects.view, request, { timeoutMs }),
  };
}

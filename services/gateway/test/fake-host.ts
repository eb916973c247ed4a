import type { Bus, CommandAnswer, CommandRequest, ShardUpdate, ViewAnswer, ViewRequest } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { problemOf } from "@kontor/protocol";

type Found = Extract<ViewAnswer, { found: true }>;

/** A trading host that answers what a test tells it to, and remembers what it was asked. */
export class FakeHost {
  readonly commands: CommandRequest[] = [];
  readonly viewRequests: ViewRequest[] = [];
  answer: (request: CommandRequest) => CommandAnswer | Promise<CommandAnswer> = (request) => ({
    ok: true,
    epoch: 1,
    seq: this.commands.length,
    at: 1_800_000_000_000_000,
    result: { done: request.command.type },
  });
  view: (request: ViewRequest) => ViewAnswer | Promise<ViewAnswer> = () => ({ found: false });
  readonly #bus: Bus;
  readonly #stops: (() => void)[];

  constructor(bus: Bus) {
    this.#bus = bus;
    this.#stops = [
      bus.serve(subjects.command, async (request: CommandRequest) => {
        this.commands.push(request);
        return await this.answer(request);
      }),
      bus.serve(subjects.view, async (request: ViewRequest) => {
        this.viewRequests.push(request);
        return await this.view(request);
      }),
    ];
  }

  publish(update: ShardUpdate): void {
    this.#bus.publish(subjects.live(update.shard), update);
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }
}

export function foundView(members: Partial<Found> = {}): Found {
  return {
    found: true,
    epoch: 1,
    seq: 0,
    audience: "public",
    marketplaceId: "m1",
    ownerCompanyId: "owner",
    view: {},
    ...members,
  };
}

export function rejected(code: "not_owner" | "step_too_small" | "version_stale"): CommandAnswer {
  return { ok: false, epoch: 1, seq: 9, at: 1_800_000_000_000_000, problem: problemOf(code) };
}

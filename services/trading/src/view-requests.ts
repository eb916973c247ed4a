import type { ViewAnswer, ViewRequest } from "@kontor/bus";
import { problemOf } from "@kontor/protocol";
import type { Batch, Core, Shard, ViewWaiter } from "./shard.ts";

export type ViewRequestsOptions = {
  /** The shard, being loaded if it was not in memory. */
  readonly enter: (id: string) => Shard;
  /** Why views cannot be answered now; null when they can. */
  readonly hindrance: () => ViewAnswer | null;
};

export type ViewRequests = {
  readonly request: (request: ViewRequest) => Promise<ViewAnswer>;
  /** Answers from committed state, at once or with the commit that makes the present state so. */
  readonly answer: (core: Core, waiter: ViewWaiter) => void;
  /** Answers from what is published with a batch, or was looked at for it, whether or not the stream is there. */
  readonly conclude: (batch: Batch, waiter: ViewWaiter) => void;
};

const retry: ViewAnswer = { found: false, retry: problemOf("unavailable", { retryAfterMs: 1_000 }) };

export function createViewRequests({ enter, hindrance }: ViewRequestsOptions): ViewRequests {
  function conclude({ core, update }: Batch, { request, settle }: ViewWaiter): void {
    settle(core.views.answer(request, core, update?.once.get(request.stream)));
  }

  function answer(core: Core, waiter: ViewWaiter): void {
    const { request, settle } = waiter;
    const { stream, once } = request;
    if (core.views.holds(stream)) settle(core.views.answer(request, core));
    else if (core.open !== null || core.inFlight !== null) core.viewWaiters.push(waiter);
    else if (once === true) settle(core.views.answer(request, core, core.views.look(stream, core.state)));
    else {
      core.views.keep(stream, core.state);
      settle(core.views.answer(request, core));
    }
  }

  return {
    answer,
    conclude,
    request(request) {
      const hindered = hindrance();
      if (hindered !== null) return Promise.resolve(hindered);
      const shard = enter(request.shard);
      return new Promise((settle) => {
        const waiter = { request, settle };
        if (shard.phase === "frozen" || shard.shedding) settle(retry);
        else if (shard.core === null) shard.viewWaiters.push(waiter);
        else answer(shard.core, waiter);
      });
    },
  };
}

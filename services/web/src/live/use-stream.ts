import type { Problem } from "@kontor/protocol";
import type { OwnOf, Stream, StreamChange, ViewOf } from "@kontor/sdk";
import { useEffect, useState } from "react";
import { useLive } from "./live-provider.tsx";

/** A stream as it stands. `view` is null until the first snapshot; `problem` says why there will be no more. */
export type Following<Name extends Stream> = {
  readonly view: ViewOf<Name> | null;
  readonly own: OwnOf<Name> | null;
  readonly change: StreamChange | null;
  readonly problem: Problem | null;
};

const nothing = { view: null, own: null, change: null, problem: null } as const;

/** Follows a stream while the component is there. A snapshot replaces what was; states in between may be skipped. */
export function useStream<Name extends Stream>(stream: Name): Following<Name> {
  const live = useLive();
  const [seen, setSeen] = useState<Following<Name>>(nothing);
  useEffect(() => {
    setSeen(nothing);
    const subscription = live.client.subscribe(stream, {
      onChange: (view, own, change) => setSeen({ view, own, change, problem: null }),
      onEnd: (problem) => setSeen((before) => ({ ...before, problem })),
    });
    const { state } = subscription;
    if (state !== null) setSeen((before) => ({ ...before, ...state }));
    return () => subscription.close();
  }, [live, stream]);
  return seen;
}

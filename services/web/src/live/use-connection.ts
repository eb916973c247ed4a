import type { ConnectionState } from "@kontor/sdk";
import { useEffect, useState } from "react";
import { useLive } from "./live-provider.tsx";

/** State of the link itself. Whether data is fresh is another question: see a stream's age. */
export function useConnection(): ConnectionState {
  const live = useLive();
  const [state, setState] = useState<ConnectionState>(() => live.client.state);
  useEffect(() => {
    setState(live.client.state);
    return live.client.onState((next) => setState(next));
  }, [live]);
  return state;
}

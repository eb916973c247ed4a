import { useState } from "react";
import { useSession } from "../app/session-provider.tsx";

/** The price that a bidder does not want to pass in this lot; a decimal, kept on this machine, told to nobody. */
export function useOwnLimit(lotId: string): readonly [string | null, (limit: string | null) => void] {
  const { user } = useSession();
  const place = `kontor.limit.${user.id}.${lotId}`;
  const [limit, setLimit] = useState<string | null>(() => localStorage.getItem(place));
  const keep = (next: string | null): void => {
    setLimit(next);
    if (next === null) localStorage.removeItem(place);
    else localStorage.setItem(place, next);
  };
  return [limit, keep];
}

import type { ReactNode } from "react";
import { createContext, useCallback, useContext, useEffect, useRef, useState } from "react";
import type { AnnouncerState, AnnouncerStep, Notice } from "./announcer.ts";
import { flush, flushInMs, notice, silentAnnouncer } from "./announcer.ts";

type Tell = (notice: Notice) => void;
type Said = { readonly polite: string; readonly assertive: string };

const AnnouncerContext = createContext<Tell>(() => {});

/** Tells who cannot see the page; what and when is decided by the announcer. */
export function useAnnouncer(): Tell {
  return useContext(AnnouncerContext);
}

/** Two regions that are there from the beginning and empty: one that waits its turn, one that does not. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<Said>({ polite: "", assertive: "" });
  const state = useRef<AnnouncerState>(silentAnnouncer);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const take = useCallback((step: AnnouncerStep): void => {
    state.current = step.state;
    const { say } = step;
    if (say !== null) setSaid((before) => ({ ...before, [say.region]: distinct(say.text, before[say.region]) }));
    clearTimeout(timer.current);
    const due = flushInMs(step.state, performance.now());
    if (due !== null) timer.current = setTimeout(() => take(flush(state.current, performance.now())), due + 1);
  }, []);
  const tell = useCallback<Tell>((item) => take(notice(state.current, item, performance.now())), [take]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <AnnouncerContext value={tell}>
      {children}
      <div className="k-visually-hidden" aria-live="polite" aria-atomic="true" data-announcer="polite">
        {said.polite}
      </div>
      <div className="k-visually-hidden" aria-live="assertive" aria-atomic="true" data-announcer="assertive">
        {said.assertive}
      </div>
    </AnnouncerContext>
  );
}

/** A region tells only what is new in it: the same text again gets an unseen mark. */
function distinct(text: string, before: string): string {
  return text === before ? `${text}\u200b` : text;
}

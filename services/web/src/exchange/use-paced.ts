import { useEffect, useRef, useState } from "react";
import { paceMs } from "./pace.ts";

const phone = "(max-width: 640px)";

/** Calls back at the pace of the picture while the component is there. */
export function usePaced(turn: () => void): void {
  const newest = useRef(turn);
  useEffect(() => {
    newest.current = turn;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const run = (): void => {
      newest.current();
      timer = setTimeout(run, paceMs({ isHidden: document.hidden, isPhone: window.matchMedia(phone).matches }));
    };
    run();
    return () => clearTimeout(timer);
  }, []);
}

/** A value that is read anew every so often; the component is drawn again only where it is another one. */
export function useSampled<Value>(read: () => Value, everyMs: number): Value {
  const [value, setValue] = useState(read);
  const newest = useRef(read);
  useEffect(() => {
    newest.current = read;
  });
  useEffect(() => {
    const timer = setInterval(() => setValue(newest.current()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return value;
}

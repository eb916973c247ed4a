import type { Clock } from "@kontor/kernel";

/** Beyond this the machine's clock was set, and the finer one follows it. */
const driftMaxMicros = 2_000;

/** The machine's clock with microseconds: Node's own has milliseconds, so a steady counter fills in the rest. */
export function createSystemClock(): Clock {
  let offset = Date.now() * 1000 - counter();
  return {
    now: () => {
      const wall = Date.now() * 1000;
      const fine = counter() + offset;
      if (fine >= wall && fine < wall + driftMaxMicros) return fine;
      offset += wall - fine;
      return wall;
    },
  };
}

function counter(): number {
  return Math.floor(performance.now() * 1000);
}

import type { Place } from "./memory-auctions.ts";
import type { Door } from "./raw-socket.ts";
import { openMany, RawSocket } from "./raw-socket.ts";

/** Live connections that follow one lot each. */
export type Sockets = {
  /** The longest open ones leave, and as many come to follow the lot. */
  readonly replace: (count: number, lotId: string) => Promise<void>;
  readonly close: () => void;
};

export type SocketsOrder = Pick<Door, "onLost"> & { readonly lotIds: readonly string[]; readonly count: number };

const streamMark = '{"stream":';

export async function openSockets(place: Place, { lotIds, count, onLost }: SocketsOrder): Promise<Sockets> {
  const { url, bidders } = place;
  const open: RawSocket[] = [];
  let opened = 0;
  const doors = (wanted: number): Door[] =>
    Array.from({ length: wanted }, () => {
      const apiKey = bidders[opened++ % bidders.length]?.apiKey ?? "";
      return { url: `${url}/v1/live`, headers: { "x-api-key": apiKey }, onLost };
    });
  const enter = async (door: Door, lotId: string): Promise<void> => {
    open.push(await follow(door, `lot:${lotId}`));
  };
  let next = 0;
  await openMany(doors(count), (door) => enter(door, lotIds[next++ % lotIds.length] ?? ""));
  return {
    async replace(wanted, lotId) {
      for (const socket of open.splice(0, wanted)) socket.close();
      await openMany(doors(wanted), (door) => enter(door, lotId));
    },
    close() {
      for (const socket of open) socket.close();
    },
  };
}

/** Resolves with the first state of the stream. */
async function follow(door: Door, stream: string): Promise<RawSocket> {
  const socket = await RawSocket.open(door);
  await new Promise<void>((entered) => {
    socket.onText((chunk, { start }) => {
      if (chunk.toString("latin1", start, start + streamMark.length) === streamMark) entered();
    });
    socket.send(JSON.stringify({ id: "watch", op: "subscribe", stream }));
  });
  return socket;
}

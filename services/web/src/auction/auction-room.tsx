import { formatDecimal } from "@kontor/kernel";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useSettings } from "../app/settings-provider.tsx";
import type { Told } from "./announcements.ts";
import { BidChart } from "./bid-chart.tsx";
import { BidPanel } from "./bid-panel.tsx";
import { Board } from "./board.tsx";
import { KeyHelp } from "./key-help.tsx";
import { LinkBanner } from "./link-banner.tsx";
import { LotCard } from "./lot-card.tsx";
import { MyBids } from "./my-bids.tsx";
import { PreFlight } from "./pre-flight.tsx";
import { problemText } from "./problem-texts.ts";
import { RoomAnnouncer } from "./room-announcer.tsx";
import { RoomBar } from "./room-bar.tsx";
import { RoomResult } from "./room-result.tsx";
import type { RoomTab } from "./room-tabs.tsx";
import { RoomTabs } from "./room-tabs.tsx";
import { StatusHero } from "./status-hero.tsx";
import type { BiddingHandle } from "./use-bidding.ts";
import { useBidding } from "./use-bidding.ts";
import { useOwnBids } from "./use-own-bids.ts";
import type { Room } from "./use-room.ts";
import { useRoomKeys } from "./use-room-keys.ts";
import { useRoomTitle } from "./use-room-title.ts";
import { useWakeLock } from "./use-wake-lock.ts";
import { WatchNote } from "./watch-note.tsx";

const keysPlace = "kontor.auction.keys";

/** The room once its state is there. */
export function AuctionRoom({ room }: { readonly room: Room }) {
  const handle = useBidding(room);
  const ownBids = useOwnBids(room);
  const [tab, setTab] = useState<RoomTab>("board");
  const [isFrozen, setFrozen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  const [keysEnabled, setKeysEnabled] = useState(() => localStorage.getItem(keysPlace) !== "off");
  const inputRef = useRef<HTMLInputElement>(null);
  const goToLot = useLotSwitch(room);
  const { sound, change } = useSettings();
  const keys = useMemo(() => {
    const lots = Array.from({ length: 9 }, (_, index) => [String(index + 1), () => goToLot(index + 1)] as const);
    return {
      ...Object.fromEntries(lots),
      b: () => inputRef.current?.focus(),
      f: () => setFrozen((frozen) => !frozen),
      m: () => change({ sound: !sound }),
      ".": () => setAsked((count) => count + 1),
      "?": () => setHelpOpen(true),
    };
  }, [goToLot, change, sound]);
  useRoomKeys(keys, keysEnabled);
  useRoomTitle(room);
  useWakeLock(room.state.stage === "open");
  return (
    <div className="room" data-tab={tab} data-form={room.state.form.kind}>
      <RoomBar room={room} onHelp={() => setHelpOpen(true)} onLot={goToLot} />
      <LinkBanner room={room} />
      <div className="room-lot tab-lot">
        <LotCard room={room} />
      </div>
      <div className="room-main">
        <StatusHero room={room} />
        <RoomTabs tab={tab} onTab={setTab} hasOwn={room.audience === "bidder"} />
        <div className="tab-board">
          <Board room={room} isFrozen={isFrozen} onFreeze={setFrozen} />
          <BidChart room={room} ownBids={ownBids} />
        </div>
        {room.audience === "bidder" ? (
          <div className="tab-mine">
            <MyBids room={room} ownBids={ownBids} handle={handle} />
          </div>
        ) : null}
      </div>
      <div className="room-side">
        <SidePanel room={room} handle={handle} inputRef={inputRef} />
      </div>
      <RoomAnnouncer told={toldOf(room, handle)} currency={room.view.currency} asked={asked} />
      <KeyHelp
        isOpen={isHelpOpen}
        onClose={() => setHelpOpen(false)}
        enabled={keysEnabled}
        onEnable={(enabled) => {
          localStorage.setItem(keysPlace, enabled ? "on" : "off");
          setKeysEnabled(enabled);
        }}
      />
    </div>
  );
}

type SideProps = {
  readonly room: Room;
  readonly handle: BiddingHandle;
  readonly inputRef: React.RefObject<HTMLInputElement | null>;
};

/** The right column: form, check before the start, result, or a word to who only watches. */
function SidePanel({ room, handle, inputRef }: SideProps) {
  const { form, stage } = room.state;
  if (stage === "deciding" || stage === "ended") return <RoomResult room={room} />;
  if (form.kind !== "hidden") return <BidPanel room={room} handle={handle} inputRef={inputRef} />;
  return form.reason === "not_started" ? <PreFlight room={room} /> : <WatchNote room={room} />;
}

function useLotSwitch({ tender, lotId }: Room): (number: number) => void {
  const navigate = useNavigate();
  return useMemo(
    () => (number) => {
      const found = Object.entries(tender?.lots ?? {}).find(([, lot]) => lot.number === number);
      if (found !== undefined && found[0] !== lotId)
        void navigate({ to: "/auctions/$lotId", params: { lotId: found[0] } });
    },
    [navigate, tender, lotId],
  );
}

function toldOf({ state, bid, link }: Room, { status, bidding }: BiddingHandle): Told {
  const { flight } = bidding;
  return {
    room: state,
    required: bid.required === null ? null : formatDecimal(bid.required, bid.scale),
    best: bid.best === null ? null : formatDecimal(bid.best, bid.scale),
    status,
    connection: link.level,
    refusal: flight?.answer.kind === "rejected" ? problemText(flight.answer.problem) : null,
  };
}

import { ProblemError } from "@kontor/sdk";
import { useParams } from "@tanstack/react-router";
import { ErrorView } from "../app/state-views.tsx";
import { AuctionRoom } from "./auction-room.tsx";
import "./room-layout.css";
import "./room-parts.css";
import "./bid-form.css";
import "./room-sizes.css";
import { RoomSkeleton } from "./room-skeleton.tsx";
import { useRoom } from "./use-room.ts";

/** The room of one lot, for bidders and for those who watch. */
export function AuctionRoomPage() {
  const { lotId } = useParams({ from: "/auctions/$lotId" });
  return <FoundRoom key={lotId} lotId={lotId} />;
}

function FoundRoom({ lotId }: { readonly lotId: string }) {
  const found = useRoom(lotId);
  if (found.kind === "loading") return <RoomSkeleton />;
  if (found.kind === "refused") return <ErrorView error={new ProblemError(found.problem)} />;
  return <AuctionRoom room={found.room} />;
}

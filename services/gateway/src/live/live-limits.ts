import { limits } from "@kontor/kernel";

/** Limits of live connections; measurements and tests replace single ones. */
export type LiveLimits = {
  readonly messagesPerSecondSession: number;
  readonly messagesPerSecondKey: number;
  readonly messageBurst: number;
  readonly socketsPerUserMax: number;
  readonly socketsPerAddressMax: number;
  readonly socketsPerCompanyMax: number;
  readonly subscriptionsPerSocketMax: number;
  readonly subscribeWithinMs: number;
  readonly socketPingMs: number;
  readonly heartbeatMs: number;
  readonly permissionRecheckMs: number;
  readonly conflatedEveryMs: number;
  readonly conflateAboveBytes: number;
  readonly closeAboveBytes: number;
  readonly undrainedMsMax: number;
  readonly ringMessagesMax: number;
  /** Frames kept for resuming, per stream and audience, hold this many bytes at most. */
  readonly ringBytesMax: number;
  /** A stream that nobody watches any more keeps its frames this long for those who come back. */
  readonly lingerMs: number;
};

export const liveLimits: LiveLimits = { ...limits, ringBytesMax: 1_048_576, lingerMs: 30_000 };

/** Websocket close codes of our own. */
export const closeCodes = {
  goodbye: 4000,
  unauthenticated: 4001,
  session_ended: 4002,
  protocol_violation: 4003,
  rate_limited: 4004,
  slow_consumer: 4005,
  idle: 4006,
} as const;

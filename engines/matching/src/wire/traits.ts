/*
 * One word that says what an order is. The lower bits come with the record; the upper ones are the book's own and say
 * where the order is at the moment.
 */

export const SELLS = 1;
export const KIND_SHIFT = 1;
export const KIND_MASK = 7 << KIND_SHIFT;
export const TIF_SHIFT = 4;
export const TIF_MASK = 7 << TIF_SHIFT;
export const MODE_SHIFT = 7;
export const MODE_MASK = 7 << MODE_SHIFT;
export const POST_SHIFT = 10;
export const POST_MASK = 3 << POST_SHIFT;
export const ALL_OR_NONE = 1 << 12;
export const ON_DISCONNECT = 1 << 13;
export const PEG_SHIFT = 14;
export const PEG_MASK = 3 << PEG_SHIFT;
export const TRAILS_BY_BPS = 1 << 16;
/** What a sender may set. */
export const SENT_TRAITS = (1 << 17) - 1;

/** Was a stop and has fired; its kind has become market or limit. */
export const FIRED = 1 << 17;
/** The number leads to it. */
export const LISTED = 1 << 18;
export const PLACE_SHIFT = 19;
export const PLACE_MASK = 7 << PLACE_SHIFT;
export const REASON_SHIFT = 22;
export const REASON_MASK = 7 << REASON_SHIFT;
export const ICEBERG = 1 << 25;
export const LINKED = 1 << 26;
/** Some of it was kept from trading with its own group; how much stands beside. */
export const PREVENTED = 1 << 27;

/**
 * Of a plain order that rests, a limit gtc or day in a level with nothing rare about it, these bits are as in PLAIN:
 * of the times in force that rest at all, those two have neither the lowest nor the highest bit.
 */
export const PLAIN_MASK = KIND_MASK | (5 << TIF_SHIFT) | PLACE_MASK | ICEBERG | LINKED;
export const PLAIN = 1 << PLACE_SHIFT;

/** Where an order is; 0 is nowhere. */
export const IN_LEVEL = 1;
export const IN_MARKET_QUEUE = 2;
export const APART = 3;
export const DORMANT = 4;
export const PARKED = 5;

/** Why an order is parked. */
export const FOR_PEG = 1;
export const FOR_CALL = 2;
export const FOR_BAND = 3;
export const FOR_LINK = 4;

export const kindOf = (traits: number): number => (traits & KIND_MASK) >> KIND_SHIFT;
export const tifOf = (traits: number): number => (traits & TIF_MASK) >> TIF_SHIFT;
export const modeOf = (traits: number): number => (traits & MODE_MASK) >> MODE_SHIFT;
export const placeOf = (traits: number): number => (traits & PLACE_MASK) >> PLACE_SHIFT;
export const reasonOf = (traits: number): number => (traits & REASON_MASK) >> REASON_SHIFT;

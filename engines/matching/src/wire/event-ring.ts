/** Words of one event. */
export const EVENT_WORDS = 16;
export const E_TYPE = 0;
/** The order, the maker, or a number that the event is about. */
export const E_ORDER = 1;
/** The taker, the new number, the reason, the code. */
export const E_OTHER = 2;
export const E_SIDE = 3;
export const E_PRICE = 4;
export const E_QUANTITY = 5;
export const E_LEAVES = 6;
export const E_OTHER_LEAVES = 7;
/** Indices in the view of doubles, from the event's own first one. */
export const N_FIRST = 4;
export const N_SECOND = 5;
export const N_THIRD = 6;
export const N_FOURTH = 7;

/** For V8, see SPEC.md. */
const WIDTH = EVENT_WORDS;
/** Few enough that they stay in the nearest cache. */
const INITIAL_EVENTS = 256;
/** Events that one group may be expected to have; with less room the next group starts over. */
const GROUP_EVENTS = 64;

/**
 * The events of the last groups, in fixed records. A group lies in one piece: it starts over at the beginning when
 * little room is left, and the ring grows when a group is larger than it.
 */
export class EventRing {
  words = new Int32Array(INITIAL_EVENTS * EVENT_WORDS);
  /** The same memory as doubles. */
  numbers = new Float64Array(this.words.buffer);
  /** Word at which the last group begins. */
  start = 0;
  /** Word behind the last event. */
  end = 0;

  /** Opens a group; what was in the way is lost. */
  begin(): void {
    this.start = this.end > this.words.length - GROUP_EVENTS * WIDTH ? 0 : this.end;
    this.end = this.start;
  }

  /** Adds an event and returns where it begins. */
  add(type: number): number {
    if (this.end === this.words.length) this.makeRoom();
    const at = this.end;
    this.words[at] = type;
    this.end = at + WIDTH;
    return at;
  }

  private makeRoom(): void {
    const group = this.words.subarray(this.start, this.end);
    const size = this.words.length;
    const words = new Int32Array(group.length * 2 > size ? size * 2 : size);
    words.set(group);
    this.words = words;
    this.numbers = new Float64Array(words.buffer);
    this.end = group.length;
    this.start = 0;
  }
}

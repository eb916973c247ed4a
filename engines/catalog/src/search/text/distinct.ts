/** Each once, in the order of the first. */
export const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/**
 * How exact numbers are kept: unit prices and quantities as millionths, percentages as ten-thousandths of a percent
 * (12.5 % is 125000n), amounts of money in the smallest unit of their currency.
 */
export const priceScale = 6;
export const quantityScale = 6;
export const percentScale = 4;

/** One unit of a quantity, and of a currency in a unit price. */
export const one = 1_000_000n;

/** 100 %. */
export const wholePercent = 1_000_000n;

/** The steps of writing a tender, in the order in which they stand; they are done in any. */
export const stepNames = ["need", "lots", "procedure", "rules", "suppliers", "time", "check"] as const;
export type StepName = (typeof stepNames)[number];

export type TenderState = { tender: null };

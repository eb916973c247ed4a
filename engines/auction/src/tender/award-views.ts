import { instantOfMicros } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import { priceText } from "./awards.ts";
import { instantMember } from "./json-parts.ts";
import type { Award, Contract, Lot } from "./state.ts";

type AwardView = NonNullable<LotView["awards"]>[string];
export type ContractView = NonNullable<OwnLotView["contract"]>;

export function awardView(lot: Lot, award: Award): AwardView {
  const { status, companyId, price, rank, reason, standstillEndsAt } = award;
  return {
    status,
    companyId,
    price: priceText(lot, price),
    rank,
    ...(reason === null ? {} : { reason }),
    ...instantMember("standstillEndsAt", standstillEndsAt),
  };
}

export function contractView(lot: Lot, contract: Contract, ownerCompanyId: string): ContractView {
  const { contractId, awardId, companyId, price, currency, drawnAt } = contract;
  return {
    contractId,
    awardId,
    companyId,
    ownerCompanyId,
    price: priceText(lot, price),
    currency,
    drawnAt: instantOfMicros(drawnAt),
    ...instantMember("signedByOwnerAt", contract.signedByOwnerAt),
    ...instantMember("signedByCounterpartyAt", contract.signedByCounterpartyAt),
  };
}

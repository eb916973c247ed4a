import type { Projection } from "./records.ts";

/** Contracts and their signatures. */
export const projectContracts: Projection = ({ lots, contracts }, { event, seq, at }) => {
  switch (event.type) {
    case "contract_drawn": {
      const { contractId, awardId, lotId, tenderId, companyId, ownerCompanyId, price, currency } = event;
      const lot = lots.get(lotId);
      if (lot === undefined) return;
      const { marketplaceId, title, quantity, unit } = lot;
      const goods = { title, quantity, unit };
      const parties = { companyId, ownerCompanyId };
      const unsigned = { status: "open", signedByOwnerAt: null, signedByCounterpartyAt: null } as const;
      const place = { id: contractId, awardId, lotId, tenderId, marketplaceId };
      contracts.put({ ...place, ...parties, ...goods, ...unsigned, price, currency, drawnAt: at, seq });
      return lots.change(lotId, seq, () => ({ phase: "contract" }));
    }
    case "contract_signed": {
      const signature = event.party === "owner" ? { signedByOwnerAt: at } : { signedByCounterpartyAt: at };
      return contracts.change(event.contractId, seq, () => ({
        ...signature,
        status: event.complete ? "signed" : "open",
      }));
    }
    default:
      return;
  }
};

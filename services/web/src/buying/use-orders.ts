import type { ApprovalDecisionInput, PurchaseOrderQuery, PurchaseOrderRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";

/** Orders that one's company has made, the newest first. */
export function useOrders(marketplaceId: string, query: Partial<PurchaseOrderQuery>) {
  const kontor = useKontor();
  const { company } = useSession();
  return useInfiniteQuery({
    queryKey: ["orders", company, marketplaceId, query],
    initialPageParam: "",
    getNextPageParam: ({ next }: { readonly next: string | null }) => next,
    queryFn: async ({ pageParam }) =>
      requireValue(
        await kontor.buying.orders.list(marketplaceId, query).page(pageParam === "" ? undefined : pageParam),
      ),
  });
}

export function useOrder(marketplaceId: string, orderId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: ["orders", company, marketplaceId, "one", orderId],
    queryFn: async () => requireValue(await kontor.buying.orders.get({ marketplaceId, orderId })),
  });
}

/** What waits for an approval, whole, so that one can decide without opening it. */
export function useWaiting(marketplaceId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: ["orders", company, marketplaceId, "waiting"],
    queryFn: async () => {
      const query = { state: "awaiting_approval", limit: 50 } as const;
      const { data } = requireValue(await kontor.buying.orders.list(marketplaceId, query).page());
      const read = data.map(({ orderId }) => kontor.buying.orders.get({ marketplaceId, orderId }).then(requireValue));
      return Promise.all(read);
    },
  });
}

export type OrderStep =
  | { readonly kind: "decide"; readonly decision: ApprovalDecisionInput }
  | { readonly kind: "cancel"; readonly reason: string }
  | { readonly kind: "answer_proposals"; readonly refusedLines: number[] };

/** One step with an order; afterwards all lists of orders are read anew. */
export function useOrderStep(marketplaceId: string, orderId: string) {
  const kontor = useKontor();
  const queries = useQueryClient();
  const { orders } = kontor.buying;
  const key = { marketplaceId, orderId };
  return useMutation({
    mutationFn: async (step: OrderStep): Promise<PurchaseOrderRecord> => {
      switch (step.kind) {
        case "decide":
          return requireValue(await orders.decide(key, step.decision));
        case "cancel":
          return requireValue(await orders.cancel(key, step.reason));
        case "answer_proposals":
          return requireValue(await orders.answerProposals(key, { refusedLines: step.refusedLines }));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["orders"] }),
  });
}

/** The order's lines into the open cart. */
export function useReorder(marketplaceId: string) {
  const kontor = useKontor();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (orderId: string) => requireValue(await kontor.buying.orders.reorder({ marketplaceId, orderId })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["cart"] }),
  });
}

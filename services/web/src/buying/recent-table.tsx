import { requireValue } from "@kontor/sdk";
import { Button, Checkbox } from "@kontor/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../app/permissions.ts";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { ErrorView, LoadingView, StateFrame } from "../app/state-views.tsx";
import { Quantity } from "../catalogue/figure.tsx";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useLocale, useText } from "../i18n/use-text.ts";
import { StepProblem } from "./decision-form.tsx";
import type { RecentLine } from "./recent-lines.ts";
import { recentDays, recentLines } from "./recent-lines.ts";
import { ageOf } from "./times.ts";
import { useShowCart } from "./use-cart.ts";

/** How many of the latest orders are looked through. */
const ordersMax = 25;

/** What was ordered in the last 90 days, to be ordered again in the same quantities. */
export function RecentTable({ marketplaceId }: { readonly marketplaceId: string }) {
  const t = useText();
  const found = useRecentLines(marketplaceId);
  return (
    <section className="space-y-2">
      <h2 className="text-16">{t("buying.recent", { days: recentDays })}</h2>
      {found.isError ? <ErrorView error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <LoadingView rows={4} /> : null}
      {found.data?.length === 0 ? (
        <StateFrame title={t("buying.recent.none")} text={t("buying.recent.none_text")} />
      ) : null}
      {found.data === undefined || found.data.length === 0 ? null : (
        <RecentForm marketplaceId={marketplaceId} lines={found.data} />
      )}
    </section>
  );
}

function useRecentLines(marketplaceId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: ["orders", company, marketplaceId, "recent"],
    queryFn: async () => {
      const { orders } = kontor.buying;
      const { data } = requireValue(await orders.list(marketplaceId, { limit: ordersMax }).page());
      const read = data.map(({ orderId }) => orders.get({ marketplaceId, orderId }).then(requireValue));
      return recentLines(await Promise.all(read), Date.now());
    },
  });
}

function RecentForm({
  marketplaceId,
  lines,
}: {
  readonly marketplaceId: string;
  readonly lines: readonly RecentLine[];
}) {
  const t = useText();
  const may = useMay();
  const kontor = useKontor();
  const show = useShowCart(marketplaceId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const add = useMutation({
    mutationFn: async (wanted: readonly RecentLine[]) => {
      for (const { key, offerId, quantity, unit } of wanted) {
        show(requireValue(await kontor.buying.cart.add({ marketplaceId }, { offerId, quantity, unit })));
        // What is in the cart is chosen no more: after a refusal the rest can be sent again.
        setChosen((still) => still.filter((one) => one !== key));
      }
    },
  });
  const toggle = (key: string): void =>
    setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <>
      <ul className="border-t border-line">
        {lines.map((line) => (
          <RecentRow
            key={line.key}
            marketplaceId={marketplaceId}
            line={line}
            isChosen={chosen.includes(line.key)}
            onToggle={() => toggle(line.key)}
          />
        ))}
      </ul>
      {may("change_cart") ? (
        <Button
          isPending={add.isPending}
          isDisabled={chosen.length === 0}
          onPress={() => add.mutate(lines.filter(({ key }) => chosen.includes(key)))}
        >
          {t("buying.recent.add", { count: chosen.length })}
        </Button>
      ) : null}
      <StepProblem error={add.error} />
    </>
  );
}

function RecentRow(props: {
  readonly marketplaceId: string;
  readonly line: RecentLine;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}) {
  const { marketplaceId, line, isChosen, onToggle } = props;
  const t = useText();
  const locale = useLocale();
  const vendorName = useVendorNames(marketplaceId);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-b border-line py-2 text-13 md:grid-cols-[minmax(0,1fr)_14rem_8rem_9rem]">
      <Checkbox isSelected={isChosen} onChange={onToggle}>
        <span className="text-14">{line.name}</span>
        <span className="ms-2 text-muted">
          <code dir="ltr">{line.vendorPartNo}</code>
        </span>
      </Checkbox>
      <bdi className="hidden truncate text-muted md:block">{vendorName(line.vendorId)}</bdi>
      <span className="text-end">
        <Quantity value={line.quantity} unit={line.unit} />
      </span>
      <span className="col-span-2 ps-7 text-muted md:col-span-1 md:ps-0 md:text-end">
        {ageOf(line.lastAt, locale)} · {t("buying.recent.times", { count: line.times })}
      </span>
    </li>
  );
}

import type { CartRecord, CheckoutRecord } from "@kontor/protocol";
import { newId, ProblemError } from "@kontor/sdk";
import { Button, TextField } from "@kontor/ui";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../app/permissions.ts";
import { ErrorView } from "../app/state-views.tsx";
import { Money } from "../catalogue/figure.tsx";
import { useVendorNames } from "../catalogue/use-catalogue.ts";
import { useText } from "../i18n/use-text.ts";
import { blocksOfCheckout } from "./block.ts";
import { BlockView } from "./block-view.tsx";
import type { CartView } from "./cart-view.ts";
import { consentsTo } from "./cart-view.ts";
import { OrderStateWord } from "./order-state-word.tsx";
import { useCheckout } from "./use-checkout.ts";

type BoxProps = {
  readonly marketplaceId: string;
  readonly cart: CartRecord;
  readonly view: CartView;
  readonly agreed: ReadonlySet<string>;
};

/** What all of it comes to, and ordering it. */
export function CheckoutBox(props: BoxProps) {
  const { marketplaceId, cart } = props;
  const [done, setDone] = useState<CheckoutRecord | null>(null);
  return (
    <aside className="mt-6 space-y-4 xl:mt-0 xl:border-s xl:border-line xl:ps-6">
      {done === null ? null : <Ordered marketplaceId={marketplaceId} done={done} />}
      {cart.lines.length === 0 ? null : <CheckoutForm key={cart.version} {...props} onDone={setDone} />}
    </aside>
  );
}

function CheckoutForm({
  marketplaceId,
  cart,
  view,
  agreed,
  onDone,
}: BoxProps & { readonly onDone: (done: CheckoutRecord) => void }) {
  const t = useText();
  const may = useMay();
  // Born with the cart's version, not with the press: pressed twice, it is one checkout.
  const [checkoutId] = useState(newId);
  const [buyerNumber, setBuyerNumber] = useState("");
  const checkout = useCheckout(marketplaceId);
  const consents = consentsTo(view, agreed);
  const unagreed = view.changed.length - consents.length;
  const order = (): void =>
    checkout.mutate({ checkoutId, version: cart.version, buyerNumber, consents }, { onSuccess: onDone });
  return (
    <div className="space-y-3">
      <h2 className="text-16">{t("buying.checkout")}</h2>
      {view.totals.map(({ currency, total }) => (
        <p key={currency} className="flex items-baseline justify-between">
          <span className="text-muted">{t("buying.sum.total")}</span>
          <span className="text-24 font-semibold">
            <Money value={total} currency={currency} />
          </span>
        </p>
      ))}
      <p className="text-13 text-muted">{t("buying.checkout.orders", { count: view.orders.length })}</p>
      <TextField label={t("buying.checkout.number")} value={buyerNumber} onChange={setBuyerNumber} maxLength={40} />
      {view.blocks === 0 ? null : (
        <p className="text-13 text-warn">{t("buying.checkout.blocked", { count: view.blocks })}</p>
      )}
      {unagreed === 0 ? null : (
        <p className="text-13 text-warn">{t("buying.checkout.unagreed", { count: unagreed })}</p>
      )}
      {may("check_out") ? (
        <Button
          kind="primary"
          isWide
          isPending={checkout.isPending}
          isDisabled={view.blocks > 0 || unagreed > 0 || view.orders.length === 0}
          onPress={order}
        >
          {t("buying.checkout.order")}
        </Button>
      ) : (
        <p className="text-13 text-muted">{t("buying.checkout.no_permission")}</p>
      )}
      <Refusal error={checkout.error} />
    </div>
  );
}

function Refusal({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  if (!(error instanceof ProblemError)) return <ErrorView error={error} />;
  return blocksOfCheckout(error.problem).map(({ lineId, block }) => (
    <BlockView key={`${lineId} ${block.code}`} block={block} />
  ));
}

function Ordered({ marketplaceId, done }: { readonly marketplaceId: string; readonly done: CheckoutRecord }) {
  const t = useText();
  const vendorName = useVendorNames(marketplaceId);
  return (
    <section role="status" className="space-y-2">
      <h2 className="text-16">{t("buying.ordered", { count: done.orders.length })}</h2>
      <ul className="border-t border-line">
        {done.orders.map(({ orderId, vendorId, state, total, currency }) => (
          <li key={orderId} className="border-b border-line py-2 text-13">
            <Link to="/orders/$orderId" params={{ orderId }} className="flex justify-between gap-3 text-brand">
              <bdi>{vendorName(vendorId)}</bdi>
              <Money value={total} currency={currency} />
            </Link>
            <OrderStateWord state={state} />
          </li>
        ))}
      </ul>
      {done.warnings.map((warning) => (
        <Refusal key={JSON.stringify(warning)} error={new ProblemError(warning)} />
      ))}
    </section>
  );
}

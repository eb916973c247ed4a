import { formatDecimal } from "@kontor/kernel";
import { useText } from "../i18n/use-text.ts";
import { heroText } from "./announcements.ts";
import { distanceToBest } from "./bid-form.ts";
import { Figure } from "./figure.tsx";
import { lotTotal } from "./lot-money.ts";
import type { Hero } from "./room-state.ts";
import type { Room } from "./use-room.ts";
import { useSay } from "./use-say.ts";

type Tone = "good" | "warn" | "calm";

function toneOf({ kind }: Hero): Tone {
  if (kind === "leading" || kind === "won" || kind === "chosen") return "good";
  return kind === "rank" || kind === "not_leading" || kind === "tied" ? "warn" : "calm";
}

const marks: Readonly<Record<Tone, string>> = { good: "▲", warn: "▼", calm: "" };

/** Where one stands, as the server says it, in the largest type of the page, and the figures that belong to it. */
export function StatusHero({ room }: { readonly room: Room }) {
  const t = useText();
  const { view, state, bid, audience } = room;
  const say = useSay(view.currency);
  const tone = toneOf(state.hero);
  const price = (minor: bigint | null): string | null => (minor === null ? null : formatDecimal(minor, bid.scale));
  const gap = distanceToBest(bid);
  const total =
    bid.own === null || bid.quantity === null ? null : lotTotal(bid.own, bid.quantity, { price: bid.scale, money: 2 });
  const per = bid.quantity?.unit;
  const showsRequired = state.stage === "open" || state.stage === "paused" || state.stage === "lobby";
  return (
    <section className="hero" data-tone={tone} aria-label={t("auction.hero.label")}>
      <p className="hero-word">
        {marks[tone] === "" ? null : (
          <span aria-hidden="true" className="hero-mark">
            {marks[tone]}
          </span>
        )}
        {say(heroText(state))}
      </p>
      <dl className="hero-facts">
        {audience === "bidder" ? (
          <Fact
            label={t(bid.takesMaximum ? "auction.fact.own_maximum" : "auction.fact.own")}
            amount={price(bid.own)}
            {...{ per, currency: view.currency }}
          />
        ) : null}
        <Fact label={t("auction.fact.best")} amount={price(bid.best)} {...{ per, currency: view.currency }} />
        {showsRequired ? (
          <Fact label={t("auction.fact.required")} amount={price(bid.required)} {...{ per, currency: view.currency }} />
        ) : null}
        {gap === null || gap.amount === formatDecimal(0n, bid.scale) ? null : (
          <Fact
            label={t("auction.fact.gap")}
            amount={gap.amount}
            currency={view.currency}
            note={gap.percent === null ? undefined : `${gap.percent} %`}
          />
        )}
        {audience === "bidder" ? (
          <Fact label={t("auction.fact.total")} amount={total} currency={view.currency} />
        ) : null}
      </dl>
    </section>
  );
}

type FactProps = {
  readonly label: string;
  readonly amount: string | null;
  readonly currency: string;
  readonly per?: string | undefined;
  readonly note?: string | undefined;
};

function Fact({ label, amount, currency, per, note }: FactProps) {
  const t = useText();
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        {amount === null ? (
          <span className="text-muted">{t("auction.fact.none")}</span>
        ) : (
          <Figure {...{ amount, currency, per }} />
        )}
        {note === undefined ? null : (
          <bdi className="k-unit" dir="ltr">
            {" "}
            {note}
          </bdi>
        )}
      </dd>
    </div>
  );
}

import { CandleChart } from "../charts/candle-chart.tsx";
import { BarRow, Sparkline } from "../charts/sparks.tsx";
import { StepChart } from "../charts/step-chart.tsx";
import { Panel } from "../data/page-parts.tsx";
import { Amount, Delta, Quantity } from "../numbers/amount.tsx";
import { Countdown } from "../numbers/countdown.tsx";
import { BothZones, Instant } from "../numbers/instant.tsx";
import { bidSeries, candles } from "./chart-samples.ts";
import { Specimen } from "./specimen.tsx";

const closesMs = Date.UTC(2026, 10, 27, 14, 0);
const left = (ms: number) => (): number => ms;
const threeDays = left(262_861_000);
const eightMinutes = left(492_000);
const minuteAndMore = left(101_000);
const seconds = left(19_300);
const none = left(0);

export function NumberSpecimens() {
  return (
    <>
      <Specimen title="Amounts, changes, courses">
        <Amount value="1412.5" currency="EUR" per="t" size="hero" />
        <Amount value="2825000" currency="EUR" size="large" />
        <Amount value="-18200" currency="EUR" />
        <Amount value="98000" currency="JPY" />
        <Quantity value="2000" unit="t" />
        <Delta value="1.25" unit="%" />
        <Delta value="-0.4" unit="%" />
        <Delta value="0" unit="%" />
        <Delta value="-5.83" unit="%" meaning="fall-is-good" />
        <Sparkline values={[402, 404, 401, 407, 409, 406, 411, 412.5]} label="Price of 30 days, from 402 to 412.50" />
      </Specimen>
      <Specimen title="Clocks and times">
        <Countdown remainingMs={seconds} label="closes in" size="hero" />
        <Countdown remainingMs={minuteAndMore} label="closes in" size="large" />
        <Countdown remainingMs={eightMinutes} label="closes in" size="large" />
        <Countdown remainingMs={threeDays} label="closes in" />
        <Countdown remainingMs={eightMinutes} label="paused with" size="large" isFrozen />
        <Countdown remainingMs={none} label="closed" />
        <Instant ms={closesMs} zone="Europe/Paris" />
        <BothZones ms={closesMs} tenderZone="Europe/Paris" userZone="Asia/Tehran" />
      </Specimen>
      <Panel title="Charts">
        <div className="k-gallery-charts">
          <StepChart
            title="Bids"
            summary="The best bid fell from 8,690.00 to 8,412.50 €/t in 42 minutes; yours is best."
            series={bidSeries}
            unit="€/t"
            zone="Europe/Paris"
            timeHeader="Time"
          />
          <CandleChart
            title="Copper, Hamburg, December"
            summary="Hourly; the last price is 412.50 €/t."
            candles={candles}
            zone="Europe/Paris"
            decimals={2}
            mark={{ value: "409", label: "settlement" }}
            headers={["Time", "Open", "High", "Low", "Close", "Volume, t"]}
            blockSize={260}
          />
        </div>
        <BarRow label="Nordvik Metals" share={1} value="2,825,000 €" isOwn />
        <BarRow label="Bidder 2" share={0.72} value="2,034,000 €" />
        <BarRow label="Bidder 3" share={0.31} value="875,750 €" />
      </Panel>
    </>
  );
}

import { ArrowRight, Bell, Download, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { Checkbox, RadioGroup, Switch } from "../controls/choices.tsx";
import { ConfirmPanel } from "../controls/confirm-panel.tsx";
import { CopyButton } from "../controls/copy-button.tsx";
import { HoldButton } from "../controls/hold-button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { Link } from "../controls/link.tsx";
import { Kbd } from "../data/page-parts.tsx";
import { Amount, Delta } from "../numbers/amount.tsx";
import { Chip, FilterChip, ToggleChip } from "../states/chips.tsx";
import { Specimen } from "./specimen.tsx";

const nothing = (): void => {};

export function ControlSpecimens() {
  return (
    <>
      <Specimen title="Button">
        <Button kind="primary">Publish tender</Button>
        <Button>Save draft</Button>
        <Button kind="quiet" icon={Download}>
          Export
        </Button>
        <Button kind="danger">Withdraw bid</Button>
        <Button kind="buy" size="large">
          Buy 50 t at 412.50
        </Button>
        <Button kind="sell" size="large">
          Sell 50 t at 412.50
        </Button>
        <Button size="small" icon={Plus}>
          Add lot
        </Button>
        <Button kind="primary" isPending>
          Sending
        </Button>
        <Button isDisabled>Award</Button>
      </Specimen>
      <Specimen title="Icon button, link, copy, keys, hold">
        <IconButton icon={Bell} label="Notifications" />
        <IconButton icon={ArrowRight} label="Next lot" isDirectional kind="bordered" />
        <IconButton icon={Bell} label="Notifications are off" kind="bordered" isDisabled />
        <Link href="#tender">Copper cathode, 2,000 t</Link>
        <Link href="#id" kind="quiet">
          TND-2026-0184
        </Link>
        <CopyButton text="TND-2026-0184" label="Copy id" />
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
        <HoldButton onHeld={nothing}>Cancel everything</HoldButton>
        <HoldButton onHeld={nothing} isDisabled>
          Cancel all in market
        </HoldButton>
      </Specimen>
      <ChoiceSpecimens />
      <ConfirmSpecimens />
    </>
  );
}

function ChoiceSpecimens() {
  const [side, setSide] = useState("buy");
  const [isSealed, setSealed] = useState(true);
  return (
    <Specimen title="Choices">
      <Checkbox defaultSelected>Delivery within the quarter</Checkbox>
      <Checkbox isIndeterminate>All lots</Checkbox>
      <Checkbox isDisabled>Partial bids</Checkbox>
      <Switch defaultSelected>Cancel orders on disconnect</Switch>
      <Switch>Sound</Switch>
      <RadioGroup
        label="Side"
        look="halves"
        value={side}
        onChange={setSide}
        options={[
          { value: "buy", label: "Buy" },
          { value: "sell", label: "Sell" },
        ]}
      />
      <RadioGroup
        label="Density"
        look="segments"
        defaultValue="default"
        options={[
          { value: "compact", label: "Compact" },
          { value: "default", label: "Default" },
          { value: "relaxed", label: "Relaxed" },
        ]}
      />
      <RadioGroup
        label="Procedure"
        look="cards"
        defaultValue="english"
        options={[
          { value: "sealed", label: "Sealed", description: "One offer each, opened together after the deadline." },
          { value: "english", label: "English reverse", description: "Bidders undercut each other in the open." },
          { value: "dutch", label: "Dutch", description: "The price climbs until one accepts.", isDisabled: true },
        ]}
      />
      <Chip>
        <Amount value="412.50" />
      </Chip>
      <Chip isDisabled>&minus;5 steps</Chip>
      <ToggleChip isSelected={isSealed} onChange={setSealed}>
        Sealed
      </ToggleChip>
      <FilterChip name="Category" value="Metals" onRemove={nothing} />
    </Specimen>
  );
}

const bid = {
  action: "Bid 1,412.50 €/t",
  amount: "1412.50",
  amountShown: <Amount value="1412.50" currency="EUR" per="t" />,
  unit: "€/t",
  decimalsMax: 2,
  facts: [
    { term: "Total for 2,000 t", value: <Amount value="2825000" currency="EUR" />, isNumber: true },
    {
      term: "Against your last bid",
      value: <Delta value="-1.9" unit="%" decimals={1} meaning="neutral" />,
      isNumber: true,
    },
  ],
  onConfirm: nothing,
  onCancel: nothing,
};

function ConfirmSpecimens() {
  return (
    <Specimen title="Confirm panel, levels 0 to 3">
      <div className="k-gallery-column">
        <ConfirmPanel {...bid} level={0} />
      </div>
      <div className="k-gallery-column">
        <ConfirmPanel {...bid} level={1} reason="This is your first bid in this auction." />
      </div>
      <div className="k-gallery-column">
        <ConfirmPanel {...bid} level={2} reason="34 % better than required." />
      </div>
      <div className="k-gallery-column">
        <ConfirmPanel
          {...bid}
          level={3}
          reason="This amount is outside the range the buyer accepts. Check the unit: price is per tonne."
        />
      </div>
    </Specimen>
  );
}

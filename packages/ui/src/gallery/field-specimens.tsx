import { useState } from "react";
import { DateTimeField } from "../fields/date-time-field.tsx";
import { FileDrop } from "../fields/file-drop.tsx";
import { MoneyField } from "../fields/money-field.tsx";
import { ComboBox, Select } from "../fields/pickers.tsx";
import { QuantityField } from "../fields/quantity-field.tsx";
import { SearchField, TextArea, TextField } from "../fields/text-fields.tsx";
import { Amount } from "../numbers/amount.tsx";
import { Specimen } from "./specimen.tsx";

const units = [
  { id: "t", label: "Tonne", description: "1,000 kg" },
  { id: "kg", label: "Kilogram" },
  { id: "lb", label: "Pound", isDisabled: true },
];

const nothing = (): void => {};
const deadlineMs = Date.UTC(2026, 10, 27, 14, 0);

export function FieldSpecimens() {
  const [unit, setUnit] = useState<string | null>("t");
  const [place, setPlace] = useState<string | null>(null);
  const [dueMs, setDueMs] = useState<number | null>(deadlineMs);
  return (
    <>
      <Specimen title="Text, search, choice">
        <div className="k-gallery-column">
          <TextField
            label="Title"
            defaultValue="Copper cathode, grade A"
            description="As suppliers will read it."
            isRequired
          />
          <TextField label="Tax number" defaultValue="DE12" errorMessage="A German tax number has nine digits." />
          <TextField label="Marketplace" defaultValue="Metals" isDisabled />
        </div>
        <div className="k-gallery-column">
          <SearchField label="Search tenders" placeholder="Id, material, HS code" />
          <Select label="Unit" options={units} value={unit} onChange={setUnit} />
          <Select
            label="Incoterm"
            options={units}
            value={null}
            onChange={nothing}
            errorMessage="Choose who pays the freight."
          />
          <ComboBox
            label="Delivery place"
            options={places}
            value={place}
            onChange={setPlace}
            placeholder="Type a place"
          />
        </div>
        <div className="k-gallery-column">
          <DateTimeField label="Bids until" valueMs={dueMs} onChange={setDueMs} zone="Europe/Paris" />
          <TextArea label="Reason" rows={3} defaultValue="Second delivery was late by nine days." />
        </div>
      </Specimen>
      <MoneySpecimens />
      <Specimen title="File">
        <div className="k-gallery-wide">
          <FileDrop label="Price list" hint="CSV or XLSX, at most 20 MB" accept={[".csv", ".xlsx"]} onFile={nothing} />
        </div>
      </Specimen>
    </>
  );
}

const places = ["Antwerp", "Constanța", "Hamburg", "Marseille", "Rotterdam", "Trieste"].map((label) => ({
  id: label.toLowerCase(),
  label,
}));

function MoneySpecimens() {
  const [price, setPrice] = useState<string | null>("1412.5");
  const [quantity, setQuantity] = useState<string | null>("2000");
  return (
    <Specimen title="Money and quantity">
      <div className="k-gallery-column">
        <MoneyField
          label="Your price"
          value={price}
          onChange={setPrice}
          unit="€/t"
          decimalsMax={2}
          step="0.50"
          size="large"
          echo={price !== null && <Amount value={price} currency="EUR" per="t" />}
        />
      </div>
      <div className="k-gallery-column">
        <MoneyField
          label="Baseline"
          value={null}
          onChange={nothing}
          unit="€"
          decimalsMax={3}
          description="Type 1,234 to be asked."
        />
        <MoneyField
          label="Limit"
          value="500"
          onChange={nothing}
          unit="€"
          decimalsMax={2}
          errorMessage="Bids move in steps of 0.50 €. Nearest allowed: 412.00 or 411.50."
        />
      </div>
      <div className="k-gallery-column">
        <QuantityField label="Quantity" value={quantity} onChange={setQuantity} unit="t" step="25" />
        <QuantityField label="Packs" value="4" onChange={nothing} unit="box" isDisabled />
      </div>
    </Specimen>
  );
}

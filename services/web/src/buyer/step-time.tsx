import type { Calendar } from "@kontor/protocol";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { ChoiceInput } from "./fields.tsx";
import type { DraftDesk } from "./use-draft.ts";
import { WallTimeInput } from "./wall-time-input.tsx";

const names = ["questionsUntil", "submissionsUntil", "auctionOpensAt"] as const satisfies readonly (keyof Calendar)[];
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];

/** The dates of the procedure, written in a zone of choice and shown in every zone that counts. */
export function StepTime({ desk }: { readonly desk: DraftDesk }) {
  const t = useText();
  const [zone, setZone] = useState(ownZone);
  const { terms, change } = desk;
  const put = (name: keyof Calendar, at: string | null): void =>
    change({ ...terms, calendar: { ...terms.calendar, [name]: at } });
  return (
    <div className="max-w-form space-y-5">
      <ChoiceInput
        label={t("buyer.zone")}
        hint={t("buyer.zone.hint")}
        value={zone}
        choices={zones.map((id) => ({ id, name: id.replaceAll("_", " ") }))}
        onChange={setZone}
      />
      {names.map((name) => (
        <WallTimeInput
          key={`${name}-${zone}`}
          desk={desk}
          name={name}
          zones={{ written: zone, own: ownZone }}
          onChange={(at) => put(name, at)}
        />
      ))}
    </div>
  );
}

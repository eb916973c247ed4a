import { Copy, Ellipsis, FileText, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../controls/button.tsx";
import { IconButton } from "../controls/icon-button.tsx";
import { DescriptionList } from "../data/description-list.tsx";
import { TextArea } from "../fields/text-fields.tsx";
import { Dialog, Sheet } from "../overlays/dialogs.tsx";
import { Disclosure } from "../overlays/disclosure.tsx";
import { Menu } from "../overlays/menu.tsx";
import { Popover } from "../overlays/popover.tsx";
import { Tabs } from "../overlays/tabs.tsx";
import { createToastQueue, Toasts } from "../overlays/toasts.tsx";
import { Specimen } from "./specimen.tsx";

const queue = createToastQueue();
const entries = [
  { id: "copy", label: "Duplicate", icon: Copy },
  { id: "protocol", label: "Protocol as PDF", icon: FileText, description: "With hash and receipts" },
  { id: "cancel", label: "Cancel tender", icon: Trash2, isDisabled: true },
];

export function OverlaySpecimens() {
  const [open, setOpen] = useState<"dialog" | "sheet" | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Specimen title="Dialog, sheet, menu, popover, toast">
        <Button onPress={() => setOpen("dialog")}>Pause auction</Button>
        <Button onPress={() => setOpen("sheet")}>Lot details</Button>
        <Menu label="More" trigger={<IconButton icon={Ellipsis} label="More" kind="bordered" />} entries={entries} />
        <Popover label="Where the price is from" trigger={<Button>Price source</Button>}>
          Agreement AGR-2026-017, version 3, valid until 31 December.
        </Popover>
        <Button
          onPress={() =>
            queue.add({ title: "You are no longer leading", detail: "Required now: 412.00 €/t", tone: "change" })
          }
        >
          Be outbid
        </Button>
        <Button onPress={() => queue.add({ title: "The file could not be read", tone: "failure" })}>Fail</Button>
      </Specimen>
      <Specimen title="Tabs and disclosure">
        <div className="k-gallery-wide">
          <Tabs
            label="Orders"
            items={[
              { id: "open", label: "Open orders", count: 4, content: "Four orders rest in the book." },
              { id: "trades", label: "Trades", count: 12, content: "Twelve trades today." },
              { id: "credit", label: "Credit", content: "81,800 € available." },
            ]}
          />
          <Disclosure title="How the end is extended" aside="rule 4.2" isOpenAtFirst>
            A new best bid in the last two minutes moves the end to two minutes after it.
          </Disclosure>
          <Disclosure title="What happens at a tie">The earlier receipt at the server wins.</Disclosure>
        </div>
      </Specimen>
      <Dialog
        title="Pause the auction"
        isOpen={open === "dialog"}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>Back</Button>
            <Button kind="primary" onPress={close}>
              Pause for all 4 bidders
            </Button>
          </>
        }
      >
        <TextArea label="Reason, shown to all" rows={3} />
      </Dialog>
      <Sheet title="Lot 2, copper cathode" isOpen={open === "sheet"} onClose={close}>
        <DescriptionList
          items={[
            { term: "Quantity", value: "2,000 t", isNumber: true },
            { term: "Delivery", value: "DAP Hamburg" },
          ]}
        />
      </Sheet>
      <Toasts queue={queue} label="Messages" />
    </>
  );
}

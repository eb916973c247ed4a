import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { destinationsFor } from "./navigation.ts";
import { palette } from "./palette-store.ts";
import { useMay } from "./permissions.ts";

/** Ctrl/Cmd+K: goes to any place of the app by its name, and looks for what is typed. */
export function CommandPalette() {
  const t = useText();
  return (
    <ModalOverlay className="overlay items-start pt-[12vh]" isDismissable isOpen onOpenChange={palette.set}>
      <Modal className="w-[min(36rem,92vw)] rounded-lg border border-line bg-surface shadow-overlay">
        <Dialog aria-label={t("shell.search")} className="outline-none">
          <PaletteBody />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody() {
  const t = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const places = destinationsFor(useMay());
  const go = (to: string): void => {
    palette.set(false);
    void navigate({ to });
  };
  const find = (): void => {
    palette.set(false);
    void navigate({ to: "/tenders", search: { q: typed } });
  };
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField aria-label={t("shell.search")} autoFocus className="border-b border-line">
        <Input
          placeholder={t("shell.search_hint")}
          className="h-12 w-full bg-transparent px-4 text-base text-text outline-none placeholder:text-muted"
        />
      </SearchField>
      <Menu aria-label={t("shell.search")} className="max-h-[50vh] overflow-y-auto p-1 outline-none">
        {places
          .filter(({ label }) => typed === "" || contains(t(label), typed))
          .map(({ to, label, icon: Icon }) => (
            <MenuItem key={to} textValue={t(label)} className="menu-item" onAction={() => go(to)}>
              <Icon size={18} strokeWidth={1.5} aria-hidden="true" className="text-muted" />
              {t(label)}
            </MenuItem>
          ))}
        {typed.trim() === "" ? null : (
          <MenuItem key="find" textValue={typed} className="menu-item" onAction={find}>
            {t("shell.search_tenders", { words: typed })}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}

import { useNavigate } from "@tanstack/react-router";
import { CircleUser } from "lucide-react";
import { Button, MenuItem, MenuSection } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { ChoiceSection, MenuButton } from "./menu-parts.tsx";
import { actsAsStaff } from "./session.ts";
import { useSession, useSignOut } from "./session-provider.tsx";
import { useSettings } from "./settings-provider.tsx";

/** Who is signed in, whom he acts for, and the way out. */
export function AccountMenu() {
  const t = useText();
  const { user, me, company } = useSession();
  const { change } = useSettings();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const isStaff = me.staffRoles.length > 0 || me.installationAdmin;
  const companies = me.companies.map(({ companyId, name }) => ({ id: companyId, name }));
  const choices = isStaff ? [...companies, { id: actsAsStaff, name: t("shell.as_staff") }] : companies;
  const present = choices.find(({ id }) => id === company)?.name ?? t("shell.no_company");
  const button = (
    <Button className="icon-button md:flex md:w-auto md:gap-2 md:px-2">
      <CircleUser size={20} strokeWidth={1.5} aria-hidden="true" />
      <span className="sr-only">{t("shell.account")}: </span>
      <span className="hidden min-w-0 text-start leading-tight md:block">
        <span className="block max-w-40 truncate text-sm">{user.name}</span>
        <span className="block max-w-40 truncate text-xs text-muted">{present}</span>
      </span>
    </Button>
  );
  return (
    <MenuButton label={t("shell.account")} button={button}>
      {choices.length === 0 ? null : (
        <ChoiceSection
          title={t("shell.acting_for")}
          choices={choices}
          chosen={company}
          onChoose={(id) => change({ company: id })}
        />
      )}
      <MenuSection aria-label={t("shell.account")} className="py-1">
        <MenuItem className="menu-item ps-8" onAction={() => void navigate({ to: "/settings" })}>
          {t("shell.nav.settings")}
        </MenuItem>
        <MenuItem className="menu-item ps-8" onAction={() => void signOut()}>
          {t("shell.sign_out")}
        </MenuItem>
      </MenuSection>
    </MenuButton>
  );
}

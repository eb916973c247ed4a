import type { Kontor } from "@kontor/sdk";
import { useEffect, useState } from "react";
import { Later, LazyVisitorMenus } from "../app/later.tsx";
import { useText } from "../i18n/use-text.ts";
import { demoAccounts } from "./demo-accounts.ts";
import { SignInForm } from "./sign-in-form.tsx";

/** What nobody in particular sees: sign-in, over whatever address was asked for. */
export function SignInPage(props: { readonly kontor: Kontor; readonly onSignedIn: () => Promise<void> }) {
  const t = useText();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  useEffect(() => {
    document.title = `${t("shell.sign_in")} · Kontor`;
  }, [t]);
  return (
    <div className="min-h-dvh bg-bg text-text">
      <header className="flex h-14 items-center gap-1 border-b border-line bg-surface px-4">
        <span className="me-auto font-semibold tracking-tight">Kontor</span>
        <Later place="h-10 w-21">
          <LazyVisitorMenus />
        </Later>
      </header>
      <main
        id="content"
        className="mx-auto grid max-w-5xl gap-10 p-4 pt-8 md:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] md:p-8 md:pt-16"
      >
        <div>
          <h1 className="mb-6 text-2xl font-semibold">{t("shell.sign_in")}</h1>
          <SignInForm
            {...props}
            email={{ value: email, set: setEmail }}
            password={{ value: password, set: setPassword }}
          />
        </div>
        <div className="md:border-s md:border-line md:ps-10">
          <p className="max-w-[52ch] text-base">{t("shell.about")}</p>
          <DemoAccounts
            onChoose={(account) => {
              setEmail(account.email);
              setPassword(account.password);
            }}
          />
        </div>
      </main>
    </div>
  );
}

type Account = ReturnType<typeof demoAccounts>[number];

/** Only where the server says that it is a demonstration. */
function DemoAccounts({ onChoose }: { readonly onChoose: (account: Account) => void }) {
  const t = useText();
  const [accounts] = useState(() => demoAccounts(document));
  if (accounts.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-1 text-base font-semibold">{t("shell.demo.title")}</h2>
      <p className="mb-3 text-sm text-muted">{t("shell.demo.text")}</p>
      <ul className="border-t border-line">
        {accounts.map((account) => (
          <li key={account.email} className="border-b border-line">
            <button
              type="button"
              className="flex min-h-11 w-full items-center gap-3 px-2 text-start text-sm hover:bg-sunken"
              onClick={() => onChoose(account)}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate">{account.company}</span>
                <span className="block truncate text-xs text-muted">{account.name}</span>
              </span>
              <span className="text-brand">{t("shell.demo.choose")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

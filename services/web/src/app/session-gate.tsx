import type { Kontor, LiveClient } from "@kontor/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { SignInPage } from "../account/sign-in-page.tsx";
import { LiveProvider } from "../live/live-provider.tsx";
import { Later, LazyExpiredDialog } from "./later.tsx";
import type { Session } from "./session.ts";
import { clientFor, companyFor, readSession } from "./session.ts";
import type { SessionExpiry } from "./session-expiry.ts";
import type { SignedIn } from "./session-provider.tsx";
import { PresentSession } from "./session-provider.tsx";
import { useSettings, useSettingsStore } from "./settings-provider.tsx";
import { ErrorView, LoadingView } from "./state-views.tsx";

/** Asks who is there; shows the sign-in page to nobody, and the app to whoever is. The address stays in both cases. */
export function SessionProvider({
  expiry,
  children,
}: {
  readonly expiry: SessionExpiry;
  readonly children: ReactNode;
}) {
  const [visitor] = useState(() => clientFor());
  const found = useQuery({ queryKey: ["session"], queryFn: () => readSession(visitor), staleTime: 60_000 });
  const { data } = found;
  if (found.isPending) return <LoadingView isWholePage />;
  if (data === undefined) return <ErrorView error={found.error} onRetry={() => void found.refetch()} />;
  const seen = async (): Promise<void> => {
    await found.refetch();
    expiry.tell(false);
  };
  if (data === null) return <SignInPage kontor={visitor} onSignedIn={seen} />;
  return (
    <SignedInProvider key={data.user.id} who={data} visitor={visitor}>
      {children}
      <ExpiryWatch expiry={expiry} visitor={visitor} email={data.user.email} onSignedIn={seen} />
    </SignedInProvider>
  );
}

function ExpiryWatch(props: {
  readonly expiry: SessionExpiry;
  readonly visitor: Kontor;
  readonly email: string;
  readonly onSignedIn: () => Promise<void>;
}) {
  const { expiry, visitor, email, onSignedIn } = props;
  const isExpired = useSyncExternalStore(expiry.watch, expiry.expired);
  return (
    <Later>{isExpired ? <LazyExpiredDialog kontor={visitor} email={email} onSignedIn={onSignedIn} /> : null}</Later>
  );
}

function SignedInProvider(props: {
  readonly who: Pick<Session, "user" | "me">;
  readonly visitor: Kontor;
  readonly children: ReactNode;
}) {
  const { who, visitor, children } = props;
  const settings = useSettings();
  const store = useSettingsStore();
  const queries = useQueryClient();
  useEffect(() => store.adopt(who.user.id), [store, who.user.id]);
  const company = companyFor(who.me, settings.company);
  const present = useMemo<SignedIn>(
    () => ({
      session: { ...who, company },
      kontor: clientFor(company),
      signOut: async () => {
        await visitor.auth.signOut();
        queries.clear();
        window.location.assign("/");
      },
    }),
    [who, company, visitor, queries],
  );
  return (
    <PresentSession value={present}>
      <LiveProvider key={company} open={present.kontor.live as () => LiveClient}>
        {children}
      </LiveProvider>
    </PresentSession>
  );
}

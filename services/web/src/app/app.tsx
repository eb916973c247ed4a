import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { createQueries } from "./queries.ts";
import { createAppRouter } from "./router.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { SessionProvider } from "./session-gate.tsx";
import { SettingsProvider } from "./settings-provider.tsx";
import { SettingsStore } from "./settings-store.ts";

function createParts() {
  const expiry = new SessionExpiry();
  return {
    expiry,
    queries: createQueries(expiry),
    router: createAppRouter(),
    settings: new SettingsStore(window.localStorage, navigator.languages),
  };
}

/** The whole app: settings, then who is there, then the address. */
export function App() {
  const [{ expiry, queries, router, settings }] = useState(createParts);
  return (
    <SettingsProvider store={settings}>
      <QueryClientProvider client={queries}>
        <SessionProvider expiry={expiry}>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </SettingsProvider>
  );
}

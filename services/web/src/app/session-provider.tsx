import type { Kontor } from "@kontor/sdk";
import { createContext, use } from "react";
import type { Session } from "./session.ts";

export type SignedIn = { readonly session: Session; readonly kontor: Kontor; readonly signOut: () => Promise<void> };

export const PresentSession = createContext<SignedIn | null>(null);

/** Who is signed in. @throws Error outside of the signed-in part of the app */
export function useSession(): Session {
  return usePresent().session;
}

/** The client that acts for the present company; put `session.company` into the keys of what it reads. */
export function useKontor(): Kontor {
  return usePresent().kontor;
}

export function useSignOut(): () => Promise<void> {
  return usePresent().signOut;
}

function usePresent(): SignedIn {
  const present = use(PresentSession);
  if (present === null) throw new Error("nobody is signed in here");
  return present;
}

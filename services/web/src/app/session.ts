import type { Kontor, Me, Result, User } from "@kontor/sdk";
import { createKontor, requireValue } from "@kontor/sdk";
import { pageClock } from "../live/page-clock.ts";

/** Who is signed in, and whom he acts for. */
export type Session = {
  readonly user: User;
  readonly me: Me;
  /** The company acted for; `none`: as staff of marketplaces. */
  readonly company: string;
};

export const actsAsStaff = "none";

/** Who the cookies say we are; null: nobody. @throws ProblemError */
export async function readSession(kontor: Kontor): Promise<Pick<Session, "user" | "me"> | null> {
  const session = requireValue(await kontor.auth.session());
  if (session === null) return null;
  const me: Result<Me> = await kontor.me.read();
  if (!me.ok && me.problem.code === "unauthenticated") return null;
  return { user: session.user, me: requireValue(me) };
}

/** The wanted company where one may act for it, else the first one; staff without a company act as staff. */
export function companyFor(me: Me, wanted: string | null): string {
  const isStaff = me.staffRoles.length > 0 || me.installationAdmin;
  if (wanted === actsAsStaff && isStaff) return actsAsStaff;
  const known = me.companies.find(({ companyId }) => companyId === wanted);
  return known?.companyId ?? me.companies[0]?.companyId ?? actsAsStaff;
}

/** The client of this page for one company; left out: whoever the session says. */
export function clientFor(company?: string): Kontor {
  const { origin } = window.location;
  return createKontor({ baseUrl: origin, clock: pageClock, ...(company === undefined ? {} : { company }) });
}

import type { Actor } from "@kontor/kernel";
import type { Direction, Permission } from "@kontor/protocol";
import type { Identity, Membership } from "../auth/identity.ts";
import { Refusal } from "../refusal.ts";
import type { Candidate } from "./decide.ts";
import { allows, candidatesIn, companyActor, hasRole, takesPartIn } from "./decide.ts";
import type { InstrumentFactsReader } from "./instrument-facts.ts";
import type { TenderFacts, TenderFactsReader } from "./tender-facts.ts";

/** What a request is about, as far as its permission needs to know. */
export type Target = {
  readonly marketplaceId?: string;
  readonly tenderId?: string;
  readonly instrumentId?: string;
  /** Of a tender that is being created, or an order that is sent. */
  readonly direction?: Direction;
  /** The `Kontor-Company` header: the company to act for, or `none` to act as staff. */
  readonly company?: string;
};

export type Gate = {
  /**
   * The actor as whom the identity may do this.
   *
   * @throws Refusal `unauthenticated`, `company_required`, `forbidden`, or `not_found` for what the caller may not even
   *         know to exist; `not_found` is the same for a missing and a foreign id.
   */
  readonly actorFor: (identity: Identity | null, permission: Permission, target: Target) => Promise<Actor>;
};

const nobody: Actor = { kind: "member", userId: "", companyId: null, marketplaceId: null };

export type GateFacts = { readonly tenders: TenderFactsReader; readonly instruments: InstrumentFactsReader };

export function createGate(facts: GateFacts): Gate {
  return {
    actorFor(identity, permission, target) {
      if (permission.everyone === "anonymous") return Promise.resolve(identity === null ? nobody : userActor(identity));
      if (identity === null) throw new Refusal("unauthenticated");
      if (permission.installationAdmin === true && identity.installationAdmin) {
        return Promise.resolve({ kind: "system", userId: identity.userId, companyId: null, marketplaceId: null });
      }
      return actorIn(facts, { identity, permission, target });
    },
  };
}

type Question = { readonly identity: Identity; readonly permission: Permission; readonly target: Target };

// biome-ignore lint/suspicious/useAwait: a refusal must reach the caller as a rejection, whichever branch throws it.
async function actorIn({ tenders, instruments }: GateFacts, question: Question): Promise<Actor> {
  const { identity, permission, target } = question;
  if (permission.everyone === "signed_in") return userActor(identity);
  switch (permission.tenant) {
    case "company":
      return actorForCompany(question);
    case "marketplace":
      return actorInMarketplace(question);
    case "tender":
    case "lot":
      return actorInTender(tenders, question, target.tenderId ?? "");
    case "instrument":
      return actorInInstrument(instruments, question, target.instrumentId ?? "");
    default:
      throw new Refusal("forbidden");
  }
}

function userActor(identity: Identity): Actor {
  return { kind: "member", userId: identity.userId, companyId: identity.companyId, marketplaceId: null };
}

function actorForCompany({ identity, permission, target }: Question): Actor {
  const company = chosenCompany(identity, target.company);
  if (company === null) throw new Refusal("company_required");
  if (!hasRole(permission, company.roles, null)) throw new Refusal("forbidden");
  return companyActor(identity, company.companyId);
}

function actorInMarketplace({ identity, permission, target }: Question): Actor {
  const candidates = candidatesOf(identity, target.marketplaceId ?? "", target.company);
  if (candidates.length === 0) throw new Refusal("not_found");
  requireChoice(candidates);
  const trades = permission.side !== undefined && target.direction !== undefined;
  const side = trades ? { direction: target.direction, ownsTender: true } : null;
  const allowed = candidates.find((candidate) => allows(permission, candidate, side));
  if (allowed === undefined) throw new Refusal("forbidden");
  return allowed.actor;
}

/** An instrument is seen by its whole marketplace or, as a draft, by staff; so it is as its marketplace is, or not there. */
async function actorInInstrument(
  instruments: InstrumentFactsReader,
  question: Question,
  instrumentId: string,
): Promise<Actor> {
  const { identity, target } = question;
  const home = instruments.knownHomeOf(instrumentId);
  for (const marketplaceId of home === undefined ? marketplacesOf(identity) : [home]) {
    for (const { actor } of candidatesOf(identity, marketplaceId, target.company)) {
      if (await instruments.isVisibleTo(actor, instrumentId))
        return actorInMarketplace({ ...question, target: { ...target, marketplaceId } });
    }
  }
  throw new Refusal("not_found");
}

async function actorInTender(facts: TenderFactsReader, question: Question, tenderId: string): Promise<Actor> {
  const { permission } = question;
  const seeing = await candidatesSeeing(facts, question, tenderId);
  if (seeing.length === 0) throw new Refusal("not_found");
  requireChoice(seeing.map(({ candidate }) => candidate));
  const allowed = seeing.filter(({ candidate, tender }) => {
    const ownsTender = candidate.actor.companyId === tender.ownerCompanyId;
    return allows(permission, candidate, { direction: tender.direction, ownsTender });
  });
  // Where staff may do what else only the owner does, a user who is both acts as staff in tenders of others.
  const owning = permission.side === "owner" ? allowed.find((one) => ownsOrStaff(one)) : undefined;
  const chosen = owning ?? allowed[0];
  if (chosen === undefined) throw new Refusal("forbidden");
  return chosen.candidate.actor;
}

type Seeing = { readonly candidate: Candidate; readonly tender: TenderFacts };

function ownsOrStaff({ candidate, tender }: Seeing): boolean {
  return candidate.membership === null || candidate.actor.companyId === tender.ownerCompanyId;
}

/** Marketplaces whose read model has not seen the tender are asked one after the other: a user is in few of them. */
async function candidatesSeeing(
  facts: TenderFactsReader,
  { identity, target }: Question,
  tenderId: string,
): Promise<readonly Seeing[]> {
  const home = await facts.marketplaceOf(tenderId);
  const marketplaces = home === undefined ? marketplacesOf(identity) : [home];
  for (const marketplaceId of marketplaces) {
    const seeing: Seeing[] = [];
    for (const candidate of candidatesOf(identity, marketplaceId, target.company)) {
      const tender = await facts.visibleTo(candidate.actor, tenderId);
      if (tender !== null) seeing.push({ candidate, tender });
    }
    if (seeing.length > 0) return seeing;
  }
  return [];
}

function marketplacesOf(identity: Identity): readonly string[] {
  const found = new Set<string>(identity.staffRoles.keys());
  for (const { standings } of identity.memberships.values()) {
    for (const marketplaceId of standings.keys()) found.add(marketplaceId);
  }
  return [...found];
}

/** For the chosen company; where it takes no part and was not asked for by name, for any other of the user's. */
function candidatesOf(identity: Identity, marketplaceId: string, wish: string | undefined): readonly Candidate[] {
  const chosen = chosenCompany(identity, wish);
  const settled = wish !== undefined || (chosen !== null && takesPartIn(chosen, marketplaceId));
  const own = chosen === null ? [] : [chosen];
  return candidatesIn(identity, marketplaceId, settled ? own : [...identity.memberships.values()]);
}

/** @throws Refusal `company_required` when the user could act for several companies and chose none */
function requireChoice(candidates: readonly Candidate[]): void {
  const companies = candidates.filter(({ membership }) => membership !== null);
  if (companies.length > 1) throw new Refusal("company_required");
}

/** @throws Refusal `company_required` when the wished-for company is none of the user's. */
function chosenCompany(identity: Identity, wish: string | undefined): Membership | null {
  if (wish === "none") return null;
  if (wish !== undefined) {
    const wished = identity.memberships.get(wish);
    if (wished === undefined) throw new Refusal("company_required");
    return wished;
  }
  return identity.companyId === null ? null : (identity.memberships.get(identity.companyId) ?? null);
}

import { useState } from "react";

/** Who is to be invited once a draft is published; the server takes invitations of published tenders alone. */
export type Invited = { readonly companyId: string; readonly name: string };

const nameOf = (tenderId: string): string => `kontor.invitations.${tenderId}`;

function readInvited(storage: Storage, tenderId: string): readonly Invited[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(nameOf(tenderId)) ?? "[]");
    return Array.isArray(list) ? list.filter(isInvited) : [];
  } catch {
    return [];
  }
}

function isInvited(one: unknown): one is Invited {
  const { companyId, name } = (one ?? {}) as Readonly<Record<string, unknown>>;
  return typeof companyId === "string" && typeof name === "string";
}

/** The list that this browser keeps for a draft, until the invitations have gone out. */
export function useInvited(tenderId: string) {
  const [invited, setInvited] = useState(() => readInvited(localStorage, tenderId));
  const change = (list: readonly Invited[]): void => {
    setInvited(list);
    if (list.length === 0) localStorage.removeItem(nameOf(tenderId));
    else localStorage.setItem(nameOf(tenderId), JSON.stringify(list));
  };
  return { invited, change };
}

import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useKontor, useSession } from "../app/session-provider.tsx";

/** Names of one's colleagues by their ids; of others, and until they are read, null. */
export function usePeople(): (userId: string) => string | null {
  const kontor = useKontor();
  const { company, user, me } = useSession();
  const { data } = useQuery({
    queryKey: ["people", company],
    staleTime: 300_000,
    enabled: me.companies.some(({ companyId }) => companyId === company),
    queryFn: async () => requireValue(await kontor.companies.members(company)).map(nameOf),
  });
  const names = new Map((data ?? []).flatMap(({ userId, name }) => (name === null ? [] : [[userId, name] as const])));
  return (userId) => names.get(userId) ?? (userId === user.id ? user.name : null);
}

/** A member tells of the person behind it beside what is promised. */
function nameOf(member: { readonly userId: string }): { readonly userId: string; readonly name: string | null } {
  const person: unknown = "user" in member ? member.user : null;
  const name = typeof person === "object" && person !== null && "name" in person ? person.name : null;
  return { userId: member.userId, name: typeof name === "string" ? name : null };
}

import type { InstrumentRecord } from "@kontor/protocol";
import type { Kontor } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";

/** Listed instruments in every marketplace of the caller, by title. */
export async function listedInstruments(client: Kontor): Promise<readonly InstrumentRecord[]> {
  const me = requireValue(await client.me.read());
  const marketplaces = new Set([
    ...me.companies.flatMap(({ participations }) => participations.map(({ marketplaceId }) => marketplaceId)),
    ...me.staffRoles.map(({ marketplaceId }) => marketplaceId),
  ]);
  const lists = await Promise.all(
    [...marketplaces].map((id) => client.instruments.list(id, { state: "listed" }).all()),
  );
  return lists.flat().sort((a, b) => a.terms.title.localeCompare(b.terms.title));
}

/** The instrument with this id, or the first whose title or grade has this word; null when none does. */
export function instrumentNamed(instruments: readonly InstrumentRecord[], name: string): InstrumentRecord | null {
  const word = name.toLowerCase();
  const fits = ({ instrumentId, terms }: InstrumentRecord): boolean =>
    instrumentId === name || terms.title.toLowerCase().includes(word) || terms.grade.toLowerCase().includes(word);
  return instruments.find(fits) ?? null;
}

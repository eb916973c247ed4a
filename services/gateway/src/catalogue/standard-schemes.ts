import type { ClassInput, ClassSchemeInput, StandardScheme } from "@kontor/protocol";
import { cpvLanguages, loadCpv } from "@kontor/standards";

type Scheme = ClassSchemeInput & { readonly classes: readonly ClassInput[] };

/** A scheme that comes with the platform, with its labels in all languages that there are. */
export function standardScheme(scheme: StandardScheme): Promise<Scheme> {
  const schemes = { cpv: cpvScheme };
  return schemes[scheme]();
}

async function cpvScheme(): Promise<Scheme> {
  const cpv = await loadCpv(cpvLanguages);
  const classes = cpv.entries.map(({ code, parent }) => {
    const labels = cpvLanguages.flatMap((language) => {
      const label = cpv.labelOf(code, language);
      return label === null ? [] : [[language, label]];
    });
    return { code, labels: Object.fromEntries(labels), ...(parent === null ? {} : { parent }) };
  });
  return { name: "Common Procurement Vocabulary", release: "2008", classes };
}

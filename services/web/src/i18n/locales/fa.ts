import { mergeCatalogues } from "../merge-catalogues.ts";

const files = import.meta.glob<Record<string, string>>("../catalogues/*/fa.json", { eager: true, import: "default" });

export const messages = mergeCatalogues(files);

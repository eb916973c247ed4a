import { catalogueRules } from "@kontor/catalog";
import { codeLists } from "@kontor/standards";

/** What the repositories ask of the catalogue's engine. */
export const catalogRules = catalogueRules(codeLists);

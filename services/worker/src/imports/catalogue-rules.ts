import { catalogueRules } from "@kontor/catalog";
import { codeLists } from "@kontor/standards";

/** What an import asks of the catalogue's engine: the same as is asked when somebody writes by hand. */
export const catalogRules = catalogueRules(codeLists);

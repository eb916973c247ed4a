import { checkUnit } from "@kontor/catalog";
import type { ClassAttributeInput } from "@kontor/protocol";
import { codeLists } from "@kontor/standards";
import { wholeOrRefusal } from "./checked-products.ts";

/** With units by their codes. @throws Refusal `unit_unknown` */
export function checkedAttributes(attributes: readonly ClassAttributeInput[]): readonly ClassAttributeInput[] {
  return attributes.map((attribute, index) => {
    if (attribute.unit === undefined) return attribute;
    const unit = wholeOrRefusal(checkUnit(attribute.unit, `/attributes/${index}/unit`, codeLists));
    return { ...attribute, unit };
  });
}

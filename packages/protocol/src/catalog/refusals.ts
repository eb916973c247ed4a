/**
 * Why a product, a class, an offer or a finding was not kept as it was sent. Codes are permanent: never renamed, never
 * reused.
 */
export const catalogRefusalCodes = [
  // classes
  "class_unknown",
  "class_parent_unknown",
  "class_parent_cyclic",
  "class_attribute_repeated",
  // units and numbers of variants
  "unit_unknown",
  "unit_repeated",
  "unit_not_of_variant",
  "unit_in_use",
  "unit_ratio_invalid",
  "gtin_invalid",
  "gtin_repeated",
  // attributes
  "attribute_repeated",
  "attribute_unknown",
  "attribute_not_parting",
  "attribute_kind_wrong",
  "attribute_unit_wrong",
  "attribute_choice_unknown",
  "attribute_missing",
  // products and variants
  "text_repeated",
  "primary_class_missing",
  "variant_unknown",
  "variant_not_distinct",
  "variants_too_many",
  "product_merged",
  "product_not_active",
  "product_private",
  "file_content_invalid",
  "files_too_many",
  // offers and stock
  "quantity_terms_inconsistent",
  "delivery_place_missing",
  "validity_empty",
  "offer_exists",
  "offer_state_wrong",
  "stock_promised",
  // the match queue
  "finding_decided",
  "finding_not_mergeable",
] as const;

export type CatalogRefusalCode = (typeof catalogRefusalCodes)[number];

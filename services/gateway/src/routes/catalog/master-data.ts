import type { Clock } from "@kontor/kernel";
import type { FastifyInstance } from "fastify";
import type { Repositories } from "../../dependencies.ts";
import { classSchemeRoutes } from "./class-schemes.ts";
import { matchFindingRoutes } from "./match-findings.ts";
import { offerReviewRoutes } from "./offer-reviews.ts";
import { offerRoutes } from "./offers.ts";
import { partNumberRoutes } from "./part-numbers.ts";
import { productFileRoutes } from "./product-files.ts";
import { productRoutes } from "./products.ts";
import { stockRoutes } from "./stock.ts";
import { variantRoutes } from "./variants.ts";

/** Classes, products, offers and what the match queue found. */
export function masterDataRoutes(app: FastifyInstance, parts: Repositories & { readonly clock: Clock }): void {
  classSchemeRoutes(app, parts);
  productRoutes(app, parts);
  variantRoutes(app, parts);
  productFileRoutes(app, parts);
  partNumberRoutes(app, parts);
  offerRoutes(app, parts);
  offerReviewRoutes(app, parts);
  stockRoutes(app, parts);
  matchFindingRoutes(app, parts);
}

import type { Clock } from "@kontor/kernel";
import {
  CartFilled,
  CartLineChange,
  CartLineId,
  CartLineInput,
  CartQuery,
  CartRecord,
  CheckoutInput,
  CheckoutRecord,
  MarketplaceId,
  PurchaseOrderId,
  QuickOrderFileInput,
  QuickOrderInput,
  QuickOrderRecord,
  ReorderInput,
  RequisitionListId,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { wishesOfFile, wishesOfText } from "../../buying/quick-order-wishes.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["carts"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofLine = params.extend({ lineId: CartLineId });

export type CartParts = Pick<Repositories, "carts" | "purchaseOrders" | "requisitionLists"> & { readonly clock: Clock };

/** The open cart of the signed-in person, for his company or one of its divisions. */
export function cartRoutes(app: FastifyInstance, parts: CartParts): void {
  lineRoutes(app, parts);
  fillingRoutes(app, parts);
  checkoutRoute(app, parts);
}

const changing = { permission: permissionOf("change_cart"), idempotency: "answers" } as const;

function lineRoutes(app: FastifyInstance, { carts, clock }: CartParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const at = ({ divisionId = null }: { readonly divisionId?: string | undefined | null }) => {
    return { divisionId, at: clock.now() };
  };

  routes.get(
    `${base}/cart`,
    {
      config: { permission: permissionOf("read_cart") },
      schema: {
        tags,
        operationId: "read_cart",
        summary: "The cart at today's own prices, with what has changed and what keeps it from being ordered",
        params,
        querystring: CartQuery,
        response: { 200: CartRecord },
      },
    },
    async ({ actor, query }, reply) => tagged(reply, answerOrRefusal(await carts.read(actor, at(query)))),
  );

  routes.post(
    `${base}/cart/lines`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "add_cart_line",
        summary: "Put an offer into the cart; more of the same offer, unit and day raises its line",
        params,
        querystring: CartQuery,
        body: CartLineInput,
        response: { 200: CartRecord },
      },
    },
    async ({ actor, query, body }, reply) => tagged(reply, answerOrRefusal(await carts.add(actor, at(query), body))),
  );

  routes.patch(
    `${base}/cart/lines/:lineId`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "change_cart_line",
        summary: "Another quantity, day or cost centre",
        params: ofLine,
        querystring: CartQuery,
        body: CartLineChange,
        response: { 200: CartRecord },
      },
    },
    async ({ actor, query, params: { lineId }, body: change }, reply) =>
      tagged(reply, answerOrRefusal(await carts.change(actor, at(query), { lineId, change }))),
  );

  routes.delete(
    `${base}/cart/lines/:lineId`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "remove_cart_line",
        summary: "Take a line out of the cart",
        params: ofLine,
        querystring: CartQuery,
        response: { 200: CartRecord },
      },
    },
    async ({ actor, query, params: { lineId } }, reply) =>
      tagged(reply, answerOrRefusal(await carts.remove(actor, at(query), lineId))),
  );
}

function fillingRoutes(app: FastifyInstance, parts: CartParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const { carts, purchaseOrders, requisitionLists, clock } = parts;

  routes.post(
    `${base}/cart/quick-order`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "quick_order",
        summary: "Paste lines of a part number and a quantity; each is added, or told why not",
        params,
        body: QuickOrderInput,
        response: { 200: QuickOrderRecord },
      },
    },
    async ({ actor, body: { text, divisionId = null, deliverOn } }) => {
      const order = { wishes: wishesOfText(text), deliverOn };
      return answerOrRefusal(await carts.quickOrder(actor, { divisionId, at: clock.now() }, order));
    },
  );

  routes.post(
    `${base}/cart/quick-order/file`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "quick_order_file",
        summary:
          "Order by a CSV or XLSX file: each row is added, or told why not, by the number that it has in the file",
        params,
        body: QuickOrderFileInput,
        response: { 200: QuickOrderRecord },
      },
    },
    async ({ actor, body: { divisionId = null, deliverOn, ...file } }) => {
      const order = { wishes: await wishesOfFile(file), deliverOn };
      return answerOrRefusal(await carts.quickOrder(actor, { divisionId, at: clock.now() }, order));
    },
  );

  routes.post(
    `${base}/requisition-lists/:listId/cart`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "order_requisition_list",
        summary: "Put all lines of a requisition list into the cart",
        params: params.extend({ listId: RequisitionListId }),
        querystring: CartQuery,
        response: { 200: CartFilled },
      },
    },
    async ({ actor, query: { divisionId = null }, params: { listId } }) => {
      const lines = await requisitionLists.cartLines(actor, listId);
      if (lines === undefined) throw new Refusal("requisition_list_unknown");
      return answerOrRefusal(await carts.fill(actor, { divisionId, at: clock.now() }, lines));
    },
  );

  routes.post(
    `${base}/purchase-orders/:orderId/cart`,
    {
      config: changing,
      schema: {
        tags,
        operationId: "reorder",
        summary: "Put the lines of an earlier order into the cart, for the division that it was for",
        params: params.extend({ orderId: PurchaseOrderId }),
        body: ReorderInput,
        response: { 200: CartFilled },
      },
    },
    async ({ actor, params: { orderId }, body: { lines: lineNos } }) => {
      const again = await purchaseOrders.linesToReorder(actor, { orderId, lineNos });
      if (again === undefined) throw new Refusal("purchase_order_unknown");
      const cart = { divisionId: again.divisionId, at: clock.now() };
      return answerOrRefusal(await carts.fill(actor, cart, again.lines));
    },
  );
}

function checkoutRoute(app: FastifyInstance, { purchaseOrders, clock }: CartParts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${base}/checkouts`,
    {
      config: { permission: permissionOf("check_out"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "check_out",
        summary: "Make a purchase order per vendor of the cart as it was read (If-Match): all of them or none",
        params,
        headers: VersionHeaders,
        body: CheckoutInput,
        response: { 201: CheckoutRecord },
      },
    },
    async (request, reply) => {
      const order = { input: request.body, version: versionOf(request), at: clock.now() };
      return reply.code(201).send(answerOrRefusal(await purchaseOrders.checkOut(request.actor, order)));
    },
  );
}

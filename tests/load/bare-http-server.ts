// The peer of commands over HTTP: a bare Fastify route that checks a bid against the same schema and inserts one row
// with the same driver into the same Postgres: nobody is asked who he is, nothing is decided, no order is kept.
import { LotId, tenderCommands } from "@kontor/protocol";
import Fastify from "fastify";
import postgres from "postgres";
import { z } from "zod";

export type BareHttpOrder = { readonly databaseUrl: string };

const connections = 10;

async function serve({ databaseUrl }: BareHttpOrder): Promise<void> {
  const sql = postgres(databaseUrl, { max: connections, onnotice: () => {} });
  await sql`create table if not exists bare_bids (
    key text primary key, lot_id text not null, price numeric not null, at timestamptz not null default now())`;
  const app = Fastify();
  app.setValidatorCompiler(({ schema }) => (value) => {
    const parsed = (schema as z.ZodType).safeParse(value);
    return parsed.success ? { value: parsed.data } : { error: parsed.error };
  });
  const params = z.strictObject({ lotId: LotId });
  const body = z.strictObject({ price: tenderCommands.submit_bid.shape.price });
  app.post("/v1/lots/:lotId/bids", { schema: { params, body } }, async (request, reply) => {
    const { lotId } = request.params as z.infer<typeof params>;
    const { price } = request.body as z.infer<typeof body>;
    const key = String(request.headers["idempotency-key"]);
    const [row] =
      await sql`insert into bare_bids (key, lot_id, price) values (${key}, ${lotId}, ${price}) returning at`;
    return reply.code(201).send({ epoch: 1, seq: 1, at: row?.["at"], result: { bidId: `${lotId}-b1` } });
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  process.send?.({ url });
  process.once("disconnect", () => process.exit(0));
}

process.once("message", (order: BareHttpOrder) => {
  void serve(order);
});

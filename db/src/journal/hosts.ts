import type { Sql } from "postgres";
import type { HostRow, HostStore } from "./journal-store.ts";

export function createHostStore(sql: Sql): HostStore {
  return {
    async renew(hostId, address) {
      await sql`
        insert into hosts (host_id, address) values (${hostId}, ${address})
        on conflict (host_id) do update set renewed_at = clock_timestamp(), address = excluded.address`;
    },

    async list({ withinMs }) {
      return await sql<HostRow[]>`
        select host_id as "hostId", address, (extract(epoch from started_at) * 1e6)::float8 as "startedAt",
          (extract(epoch from renewed_at) * 1e6)::float8 as "renewedAt",
          (extract(epoch from clock_timestamp() - renewed_at) * 1e3)::float8 as "silentMs"
        from hosts where renewed_at > clock_timestamp() - make_interval(secs => ${withinMs}::float8 / 1000)
        order by host_id`;
    },

    async remove(hostId) {
      await sql`delete from hosts where host_id = ${hostId}`;
    },
  };
}

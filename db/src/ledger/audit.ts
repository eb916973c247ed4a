import type { Actor } from "@kontor/kernel";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { allOf, forStaff, inMarketplace } from "../repositories/scope.ts";
import { ledgerAccounts } from "../schema/ledger.ts";
import type { LedgerBreach } from "./ledger-repository.ts";

/** One statement, so one moment: postings that arrive meanwhile cannot look like breaches. See `LedgerRepository.audit`. */
export async function auditIn(db: Database, actor: Actor): Promise<readonly LedgerBreach[]> {
  const seen = allOf(forStaff(actor), inMarketplace(actor, ledgerAccounts.marketplaceId));
  const rows = await db.execute<LedgerBreach>(sql`
    with accounts as (select * from ${ledgerAccounts} where ${seen}),
    posted as (select p.account_id, sum(p.amount) as total from ledger_postings p group by p.account_id),
    kept as (select h.account_id, sum(h.amount) as total from ledger_holds h where h.status = 'pending' group by h.account_id)
    select 'transfer_unbalanced' as kind, p.transfer_id::text as id
      from ledger_postings p join accounts a on a.id = p.account_id
      group by p.transfer_id, a.marketplace_id, a.asset_id having sum(p.amount) <> 0
    union all select 'asset_unbalanced', asset_id from accounts group by marketplace_id, asset_id having sum(balance) <> 0
    union all select 'balance_wrong', a.id::text from accounts a left join posted on posted.account_id = a.id
      where a.balance <> coalesce(posted.total, 0)
    union all select 'held_wrong', a.id::text from accounts a left join kept on kept.account_id = a.id
      where a.held <> coalesce(kept.total, 0)
    union all select 'limit_passed', id::text from accounts where balance::numeric - held + credit_limit < 0
    order by kind, id`);
  return rows.map(({ kind, id }) => ({ kind, id }));
}

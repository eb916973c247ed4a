CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"company_id" text,
	"purpose" text NOT NULL,
	"asset_id" text NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	"credit_limit" bigint,
	"posting_count" bigint DEFAULT 0 NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "ledger_accounts_once" UNIQUE NULLS NOT DISTINCT("marketplace_id","company_id","purpose","asset_id"),
	CONSTRAINT "ledger_accounts_credit_limit" CHECK ("ledger_accounts"."credit_limit" >= 0),
	CONSTRAINT "ledger_accounts_held" CHECK ("ledger_accounts"."held" >= 0),
	CONSTRAINT "ledger_accounts_available" CHECK ("ledger_accounts"."credit_limit" is null or "ledger_accounts"."balance"::numeric - "ledger_accounts"."held" + "ledger_accounts"."credit_limit" >= 0),
	CONSTRAINT "ledger_accounts_closed_empty" CHECK ("ledger_accounts"."closed_at" is null or ("ledger_accounts"."balance" = 0 and "ledger_accounts"."held" = 0))
);
--> statement-breakpoint
CREATE TABLE "ledger_assets" (
	"marketplace_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"scale" integer NOT NULL,
	"unit" text NOT NULL,
	"grade" text,
	"storage_lot" text,
	"place" text,
	"expires_on" date,
	CONSTRAINT "ledger_assets_marketplace_id_id_pk" PRIMARY KEY("marketplace_id","id"),
	CONSTRAINT "ledger_assets_scale" CHECK ("ledger_assets"."scale" between 0 and 12),
	CONSTRAINT "ledger_assets_good" CHECK (case "ledger_assets"."kind" when 'good' then num_nulls("ledger_assets"."grade", "ledger_assets"."storage_lot", "ledger_assets"."place") = 0
        else num_nonnulls("ledger_assets"."grade", "ledger_assets"."storage_lot", "ledger_assets"."place", "ledger_assets"."expires_on") = 0 end)
);
--> statement-breakpoint
CREATE TABLE "ledger_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"marketplace_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"status" text DEFAULT 'pending' NOT NULL,
	"resolved_by" uuid,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "ledger_holds_amount" CHECK ("ledger_holds"."amount" > 0),
	CONSTRAINT "ledger_holds_resolution" CHECK (("ledger_holds"."status" = 'pending') = ("ledger_holds"."resolved_at" is null)
        and ("ledger_holds"."status" in ('posted', 'voided')) = ("ledger_holds"."resolved_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "ledger_operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"marketplace_id" text NOT NULL,
	"kind" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"reference" text NOT NULL,
	"acted_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_operations_hash_is_sha256" CHECK (octet_length("ledger_operations"."content_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "ledger_postings" (
	"account_id" uuid NOT NULL,
	"no" bigint NOT NULL,
	"marketplace_id" text NOT NULL,
	"transfer_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "ledger_postings_account_id_no_pk" PRIMARY KEY("account_id","no"),
	CONSTRAINT "ledger_postings_of_transfer" UNIQUE("transfer_id","account_id"),
	CONSTRAINT "ledger_postings_amount" CHECK ("ledger_postings"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_reversals" (
	"transfer_id" uuid PRIMARY KEY NOT NULL,
	"reversal_id" uuid NOT NULL,
	"marketplace_id" text NOT NULL,
	CONSTRAINT "ledger_reversals_reversal_id_unique" UNIQUE("reversal_id")
);
--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_asset" FOREIGN KEY ("marketplace_id","asset_id") REFERENCES "public"."ledger_assets"("marketplace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_assets" ADD CONSTRAINT "ledger_assets_marketplace_id_marketplaces_id_fk" FOREIGN KEY ("marketplace_id") REFERENCES "public"."marketplaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_id_ledger_operations_id_fk" FOREIGN KEY ("id") REFERENCES "public"."ledger_operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_resolved_by_ledger_operations_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."ledger_operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_transfer_id_ledger_operations_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."ledger_operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_reversals" ADD CONSTRAINT "ledger_reversals_transfer_id_ledger_operations_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."ledger_operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_reversals" ADD CONSTRAINT "ledger_reversals_reversal_id_ledger_operations_id_fk" FOREIGN KEY ("reversal_id") REFERENCES "public"."ledger_operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_accounts_of_company" ON "ledger_accounts" USING btree ("company_id","marketplace_id");--> statement-breakpoint
CREATE INDEX "ledger_accounts_by_purpose" ON "ledger_accounts" USING btree ("marketplace_id","purpose","id");--> statement-breakpoint
CREATE INDEX "ledger_holds_due" ON "ledger_holds" USING btree ("expires_at","id") WHERE "ledger_holds"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "ledger_holds_of_account" ON "ledger_holds" USING btree ("account_id","placed_at","id");--> statement-breakpoint
-- Balances change with every posting: free room on each page keeps the new row version on it (HOT).
ALTER TABLE "ledger_accounts" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
CREATE FUNCTION "ledger_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the ledger is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'KL002';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "ledger_postings_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_postings"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_operations_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_operations"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_reversals_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_reversals"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_assets_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_assets"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_accounts_kept" BEFORE DELETE OR TRUNCATE ON "ledger_accounts"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_accounts_fixed" BEFORE UPDATE ON "ledger_accounts" FOR EACH ROW
	WHEN ((OLD."id", OLD."marketplace_id", OLD."purpose", OLD."asset_id", OLD."opened_at")
		<> (NEW."id", NEW."marketplace_id", NEW."purpose", NEW."asset_id", NEW."opened_at")
		OR OLD."company_id" IS DISTINCT FROM NEW."company_id"
		OR (OLD."closed_at" IS NOT NULL AND OLD IS DISTINCT FROM NEW))
	EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_holds_kept" BEFORE DELETE OR TRUNCATE ON "ledger_holds"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "ledger_holds_resolved_once" BEFORE UPDATE ON "ledger_holds" FOR EACH ROW
	WHEN (OLD."status" <> 'pending' OR NEW."status" = 'pending' OR OLD."expires_at" IS DISTINCT FROM NEW."expires_at"
		OR (OLD."id", OLD."account_id", OLD."marketplace_id", OLD."amount", OLD."placed_at")
			<> (NEW."id", NEW."account_id", NEW."marketplace_id", NEW."amount", NEW."placed_at"))
	EXECUTE FUNCTION "ledger_refuse_change"();
--> statement-breakpoint
-- After each statement that inserted postings: those of a transfer sum to zero in every asset, and each continues its
-- account from the posting before to the balance that the account has now.
CREATE FUNCTION "ledger_check_postings"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	bad record;
BEGIN
	SELECT bool_or(t.excess <> 0) AS unbalanced, bool_or(t.astray) AS astray INTO bad FROM (
		SELECT sum(i.amount) OVER (PARTITION BY i.transfer_id, a.marketplace_id, a.asset_id) AS excess,
			i.balance <> coalesce(p.balance, 0) + i.amount OR (p.no IS NULL AND i.no <> 1)
				OR a.balance <> i.balance OR a.posting_count <> i.no OR a.marketplace_id <> i.marketplace_id AS astray
		FROM inserted i JOIN ledger_accounts a ON a.id = i.account_id
		LEFT JOIN ledger_postings p ON p.account_id = i.account_id AND p.no = i.no - 1
	) t;
	IF bad.unbalanced THEN
		RAISE EXCEPTION 'postings of a transfer do not sum to zero' USING ERRCODE = 'KL003';
	ELSIF bad.astray THEN
		RAISE EXCEPTION 'a posting does not continue its account' USING ERRCODE = 'KL003';
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "ledger_postings_balanced" AFTER INSERT ON "ledger_postings" REFERENCING NEW TABLE AS "inserted"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_check_postings"();
--> statement-breakpoint
-- A balance is what the account's last posting says.
CREATE FUNCTION "ledger_check_balances"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (
		SELECT 1 FROM changed c LEFT JOIN ledger_postings p ON p.account_id = c.id AND p.no = c.posting_count
		WHERE c.balance <> coalesce(p.balance, 0) OR (p.no IS NULL AND c.posting_count <> 0)
	) THEN
		RAISE EXCEPTION 'a balance is not that of its last posting' USING ERRCODE = 'KL003';
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "ledger_accounts_opened_empty" AFTER INSERT ON "ledger_accounts" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_check_balances"();
--> statement-breakpoint
CREATE TRIGGER "ledger_accounts_balanced" AFTER UPDATE ON "ledger_accounts" REFERENCING NEW TABLE AS "changed"
	FOR EACH STATEMENT EXECUTE FUNCTION "ledger_check_balances"();
--> statement-breakpoint
-- Also for a session that replays replicated changes, which skips ordinary triggers.
ALTER TABLE "ledger_postings" ENABLE ALWAYS TRIGGER "ledger_postings_append_only";
--> statement-breakpoint
ALTER TABLE "ledger_operations" ENABLE ALWAYS TRIGGER "ledger_operations_append_only";
--> statement-breakpoint
ALTER TABLE "ledger_reversals" ENABLE ALWAYS TRIGGER "ledger_reversals_append_only";
--> statement-breakpoint
CREATE FUNCTION "ledger_refuse"("code" text, "detail" jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'KL001', MESSAGE = code, DETAIL = detail::text;
END
$$;
--> statement-breakpoint
-- The accounts that an operation touches, which never change for one id, and their marketplace. Refuses what is unknown
-- in the marketplace `scope`.
CREATE FUNCTION "ledger_accounts_of"("op" jsonb, "scope" text, OUT "touched" uuid[], OUT "marketplace" text) LANGUAGE plpgsql AS $$
DECLARE
	strange text;
	places bigint;
	known bigint;
BEGIN
	touched := CASE op->>'kind'
		WHEN 'transfer' THEN ARRAY(SELECT (leg->>'accountId')::uuid FROM jsonb_array_elements(op->'legs') leg)
		WHEN 'reversal' THEN ARRAY(SELECT p.account_id FROM ledger_postings p WHERE p.transfer_id = (op->>'transferId')::uuid)
		WHEN 'hold' THEN ARRAY[(op->>'accountId')::uuid]
		ELSE ARRAY(SELECT h.account_id FROM ledger_holds h WHERE h.id = (op->>'holdId')::uuid)
	END;
	SELECT count(*), count(DISTINCT a.marketplace_id), min(a.marketplace_id) INTO known, places, marketplace
		FROM ledger_accounts a WHERE a.id = ANY (touched) AND (scope IS NULL OR a.marketplace_id = scope);
	IF known = 0 OR known < cardinality(touched) THEN
		IF op->>'kind' = 'reversal' THEN
			PERFORM ledger_refuse('transfer_unknown', jsonb_build_object('transferId', op->>'transferId'));
		ELSIF op->>'kind' = 'void' THEN
			PERFORM ledger_refuse('hold_unknown', jsonb_build_object('holdId', op->>'holdId'));
		END IF;
		SELECT min(t.id::text) INTO strange FROM unnest(touched) t (id)
			WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.id = t.id AND (scope IS NULL OR a.marketplace_id = scope));
		PERFORM ledger_refuse('account_unknown', jsonb_build_object('accountId', strange));
	END IF;
	IF places > 1 THEN
		PERFORM ledger_refuse('marketplace_mixed', '{}');
	END IF;
END
$$;
--> statement-breakpoint
-- Posts a transfer, whose accounts are locked: resolves its holds, moves the balances and inserts the postings.
CREATE FUNCTION "ledger_move"("transfer" uuid, "account_ids" uuid[], "amounts" bigint[], "hold_ids" uuid[], "acted_at" timestamptz)
	RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	bad record;
	freed bigint[] := array_fill(0::bigint, ARRAY[cardinality(account_ids)]);
BEGIN
	IF cardinality(hold_ids) > 0 THEN
		SELECT wanted.id, h.status INTO bad FROM unnest(hold_ids) wanted (id)
			LEFT JOIN ledger_holds h ON h.id = wanted.id AND amounts[array_position(account_ids, h.account_id)] < 0
			WHERE h.status IS DISTINCT FROM 'pending' ORDER BY wanted.id LIMIT 1;
		IF FOUND AND bad.status IS NULL THEN
			PERFORM ledger_refuse('hold_unknown', jsonb_build_object('holdId', bad.id));
		ELSIF FOUND THEN
			PERFORM ledger_refuse('hold_resolved', jsonb_build_object('holdId', bad.id, 'status', bad.status));
		END IF;
		WITH resolved AS (
			UPDATE ledger_holds SET status = 'posted', resolved_by = transfer, resolved_at = acted_at
			WHERE id = ANY (hold_ids) RETURNING account_id, amount
		)
		SELECT array_agg(coalesce((SELECT sum(r.amount) FROM resolved r WHERE r.account_id = leg.id), 0)::bigint ORDER BY leg.place)
			INTO freed FROM unnest(account_ids) WITH ORDINALITY leg (id, place);
	END IF;
	-- The first thing wrong, by its precedence: the numbers are those of the branches below.
	SELECT * INTO bad FROM (
		SELECT leg.*, CASE
			WHEN leg.closed_at IS NOT NULL THEN 1
			WHEN leg.excess <> 0 THEN 2
			WHEN leg.freed > 0 AND -leg.amount > leg.freed THEN 3
			WHEN leg.available + leg.amount + leg.credit_limit < 0 THEN 4
			WHEN abs(leg.balance + leg.amount) > 9223372036854775807 THEN 5 END AS fault
		FROM (
			SELECT a.id, a.asset_id, a.closed_at, a.credit_limit, l.amount, l.freed, a.balance::numeric AS balance,
				a.balance::numeric - a.held + l.freed AS available,
				sum(l.amount) OVER (PARTITION BY a.asset_id) AS excess
			FROM unnest(account_ids, amounts, freed) l (id, amount, freed) JOIN ledger_accounts a ON a.id = l.id
		) leg
	) checked WHERE checked.fault IS NOT NULL ORDER BY checked.fault, CASE checked.fault WHEN 2 THEN checked.asset_id END, checked.id LIMIT 1;
	IF FOUND THEN
		CASE bad.fault
			WHEN 1 THEN PERFORM ledger_refuse('account_closed', jsonb_build_object('accountId', bad.id));
			WHEN 2 THEN PERFORM ledger_refuse('transfer_unbalanced',
				jsonb_build_object('assetId', bad.asset_id, 'excess', bad.excess::text));
			WHEN 3 THEN PERFORM ledger_refuse('hold_exceeded',
				jsonb_build_object('accountId', bad.id, 'held', bad.freed::text, 'required', (-bad.amount)::text));
			WHEN 4 THEN PERFORM ledger_refuse('insufficient_balance',
				jsonb_build_object('accountId', bad.id, 'assetId', bad.asset_id, 'available', bad.available::text,
					'creditLimit', bad.credit_limit::text, 'required', (-bad.amount)::text));
			WHEN 5 THEN PERFORM ledger_refuse('balance_out_of_range', jsonb_build_object('accountId', bad.id));
		END CASE;
	END IF;
	WITH moved AS (
		UPDATE ledger_accounts a
		SET balance = a.balance + l.amount, held = a.held - l.freed, posting_count = a.posting_count + 1
		FROM unnest(account_ids, amounts, freed) l (id, amount, freed)
		WHERE a.id = l.id RETURNING a.id, a.posting_count, a.marketplace_id, l.amount, a.balance
	)
	INSERT INTO ledger_postings (account_id, no, marketplace_id, transfer_id, amount, balance)
		SELECT moved.id, moved.posting_count, moved.marketplace_id, transfer, moved.amount, moved.balance FROM moved;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "ledger_reverse"("reversal" uuid, "original" uuid, "acted_at" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	former record;
	legs record;
BEGIN
	SELECT o.kind, o.marketplace_id, r.reversal_id INTO former FROM ledger_operations o
		LEFT JOIN ledger_reversals r ON r.transfer_id = o.id WHERE o.id = original;
	IF former.kind = 'reversal' THEN
		PERFORM ledger_refuse('reversal_final', jsonb_build_object('transferId', original));
	ELSIF former.reversal_id IS NOT NULL THEN
		PERFORM ledger_refuse('transfer_reversed', jsonb_build_object('transferId', original, 'reversalId', former.reversal_id));
	END IF;
	INSERT INTO ledger_reversals (transfer_id, reversal_id, marketplace_id) VALUES (original, reversal, former.marketplace_id);
	SELECT array_agg(p.account_id) AS ids, array_agg(-p.amount) AS amounts INTO legs
		FROM ledger_postings p WHERE p.transfer_id = original;
	PERFORM ledger_move(reversal, legs.ids, legs.amounts, '{}', acted_at);
END
$$;
--> statement-breakpoint
CREATE FUNCTION "ledger_hold"("hold" uuid, "account_id" uuid, "amount" bigint, "expires_at" timestamptz, "acted_at" timestamptz)
	RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	account ledger_accounts%ROWTYPE;
BEGIN
	SELECT * INTO account FROM ledger_accounts a WHERE a.id = ledger_hold.account_id;
	IF account.closed_at IS NOT NULL THEN
		PERFORM ledger_refuse('account_closed', jsonb_build_object('accountId', account.id));
	END IF;
	IF account.balance::numeric - account.held - amount + account.credit_limit < 0 THEN
		PERFORM ledger_refuse('insufficient_balance', jsonb_build_object('accountId', account.id,
			'assetId', account.asset_id, 'available', (account.balance::numeric - account.held)::text,
			'creditLimit', account.credit_limit::text, 'required', amount::text));
	END IF;
	IF account.held::numeric + amount > 9223372036854775807 THEN
		PERFORM ledger_refuse('balance_out_of_range', jsonb_build_object('accountId', account.id));
	END IF;
	UPDATE ledger_accounts a SET held = a.held + ledger_hold.amount WHERE a.id = account.id;
	INSERT INTO ledger_holds (id, account_id, marketplace_id, amount, placed_at, expires_at)
		VALUES (hold, account.id, account.marketplace_id, ledger_hold.amount, acted_at, ledger_hold.expires_at);
END
$$;
--> statement-breakpoint
CREATE FUNCTION "ledger_void"("void" uuid, "hold" uuid, "acted_at" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	found_hold ledger_holds%ROWTYPE;
BEGIN
	SELECT * INTO found_hold FROM ledger_holds h WHERE h.id = hold;
	IF found_hold.status <> 'pending' THEN
		PERFORM ledger_refuse('hold_resolved', jsonb_build_object('holdId', hold, 'status', found_hold.status));
	END IF;
	UPDATE ledger_holds h SET status = 'voided', resolved_by = void, resolved_at = acted_at WHERE h.id = hold;
	UPDATE ledger_accounts a SET held = a.held - found_hold.amount WHERE a.id = found_hold.account_id;
END
$$;
--> statement-breakpoint
-- All of the operations or, with a refusal, none. Locks are taken in one order, first ids of operations, then accounts by
-- id, so that no two callers wait for each other. An operation that is done already is left as it is, whoever did it.
-- Answers {"ok": true, "applied": [{"id", "at", "postings"}]} in the order of the operations, or {"ok": false, "index",
-- "code", "detail"}; "index" counts operations from 0, "at" is in microseconds. Rows are found by their keys, whatever the
-- statistics say: the cost of a posting does not grow with the tables.
CREATE FUNCTION "ledger_post"("operations" jsonb, "scope" text, "acted_by" text, "acted_at" timestamptz)
	RETURNS jsonb LANGUAGE plpgsql
	SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
	op jsonb;
	place bigint;
	found_accounts record;
	touched uuid[] := '{}';
	marketplaces text[] := '{}';
	fresh uuid[];
	code text;
	detail text;
BEGIN
	FOR op, place IN SELECT value, ordinality - 1 FROM jsonb_array_elements(operations) WITH ORDINALITY LOOP
		SELECT * INTO found_accounts FROM ledger_accounts_of(op, scope);
		touched := touched || found_accounts.touched;
		marketplaces := marketplaces || found_accounts.marketplace;
	END LOOP;
	WITH claimed AS (
		INSERT INTO ledger_operations (id, marketplace_id, kind, content_hash, reference, acted_by, at)
		SELECT DISTINCT ON (1) (value->>'id')::uuid, marketplaces[ordinality], value->>'kind', decode(value->>'hash', 'hex'), value->>'reference',
			ledger_post.acted_by, acted_at
		FROM jsonb_array_elements(operations) WITH ORDINALITY
		ORDER BY 1, ordinality
		ON CONFLICT (id) DO NOTHING RETURNING id
	)
	SELECT coalesce(array_agg(claimed.id), '{}') INTO fresh FROM claimed;
	PERFORM 1 FROM ledger_accounts a WHERE a.id = ANY (touched) ORDER BY a.id FOR NO KEY UPDATE;
	FOR op, place IN SELECT value, ordinality - 1 FROM jsonb_array_elements(operations) WITH ORDINALITY LOOP
		IF NOT EXISTS (SELECT 1 FROM ledger_operations o
			WHERE o.id = (op->>'id')::uuid AND o.content_hash = decode(op->>'hash', 'hex')) THEN
			PERFORM ledger_refuse('id_reused', jsonb_build_object('id', op->>'id'));
		END IF;
		CONTINUE WHEN NOT (op->>'id')::uuid = ANY (fresh);
		fresh := array_remove(fresh, (op->>'id')::uuid);
		CASE op->>'kind'
			WHEN 'transfer' THEN PERFORM ledger_move((op->>'id')::uuid,
				ARRAY(SELECT (value->>'accountId')::uuid FROM jsonb_array_elements(op->'legs')),
				ARRAY(SELECT (value->>'amount')::bigint FROM jsonb_array_elements(op->'legs')),
				ARRAY(SELECT value::uuid FROM jsonb_array_elements_text(op->'holdIds')), acted_at);
			WHEN 'reversal' THEN PERFORM ledger_reverse((op->>'id')::uuid, (op->>'transferId')::uuid, acted_at);
			WHEN 'hold' THEN PERFORM ledger_hold((op->>'id')::uuid, (op->>'accountId')::uuid, (op->>'amount')::bigint,
				(op->>'expiresAt')::timestamptz, acted_at);
			WHEN 'void' THEN PERFORM ledger_void((op->>'id')::uuid, (op->>'holdId')::uuid, acted_at);
		END CASE;
	END LOOP;
	RETURN jsonb_build_object('ok', true, 'applied', (
		SELECT jsonb_agg(jsonb_build_object('id', o.id, 'at', (extract(epoch FROM o.at) * 1000000)::bigint,
			'postings', coalesce((SELECT jsonb_agg(jsonb_build_object('accountId', p.account_id, 'no', p.no,
				'amount', p.amount::text, 'balance', p.balance::text) ORDER BY p.account_id)
				FROM ledger_postings p WHERE p.transfer_id = o.id), '[]')) ORDER BY w.ordinality)
		FROM jsonb_array_elements(operations) WITH ORDINALITY w JOIN ledger_operations o ON o.id = (w.value->>'id')::uuid));
EXCEPTION WHEN SQLSTATE 'KL001' THEN
	-- The block is undone by now; what it was at is still known.
	GET STACKED DIAGNOSTICS code = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
	RETURN jsonb_build_object('ok', false, 'index', place, 'code', code, 'detail', detail::jsonb);
END
$$;
--> statement-breakpoint
-- Expires pending holds that were due at `due_at`, oldest first, `holds_max` at most. Returns their ids.
CREATE FUNCTION "ledger_expire"("due_at" timestamptz, "scope" text, "holds_max" integer) RETURNS SETOF uuid LANGUAGE plpgsql
	SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
	due uuid[];
	touched uuid[];
BEGIN
	SELECT array_agg(d.id), array_agg(d.account_id) INTO due, touched FROM (
		SELECT h.id, h.account_id FROM ledger_holds h
		WHERE h.status = 'pending' AND h.expires_at <= due_at AND (scope IS NULL OR h.marketplace_id = scope)
		ORDER BY h.expires_at, h.id LIMIT holds_max
	) d;
	PERFORM 1 FROM ledger_accounts a WHERE a.id = ANY (touched) ORDER BY a.id FOR NO KEY UPDATE;
	RETURN QUERY
	WITH expired AS (
		UPDATE ledger_holds h SET status = 'expired', resolved_at = due_at
		WHERE h.id = ANY (due) AND h.status = 'pending' RETURNING h.id, h.account_id, h.amount
	), released AS (
		UPDATE ledger_accounts a SET held = a.held - e.amount
		FROM (SELECT x.account_id, sum(x.amount)::bigint AS amount FROM expired x GROUP BY x.account_id) e WHERE a.id = e.account_id
	)
	SELECT expired.id FROM expired ORDER BY expired.id;
END
$$;

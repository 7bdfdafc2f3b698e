/** The same rows, shared out among few tenants or many: each conversation has the same messages, whoever owns it. */
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { visitorSecret } from "./names.ts";

export const messagesEach = 20;

export interface Seeding {
  systemUrl: string;
  tenants: number;
  conversations: number;
  messages?: number;
}

/** A name-based id, so that tokens can be made without asking the database. */
const idSql = (expression: string) => `overlay(overlay(md5(${expression}) placing '7' from 13) placing '8' from 17)::uuid`;
const of = (kind: string, n = "n") => idSql(`'${kind}' || ${n}`);
const bare = (id: string) => `replace(${id}::text, '-', '')`;

const everyTenant = "from generate_series(1, $1::int) n";
/** Conversation `c` of tenant `owner`. */
const everyConversation = "from (select c, (c - 1) % $1::int + 1 as owner from generate_series(1, $2::int) c) as shared";

/** A tenant with its admin, session and settings. */
const tenantRows = [
  `insert into tenant_clock (tenant_id) select ${of("tenant")} ${everyTenant}`,
  `insert into tenant (tenant_id, id, name, slug, status, business_type, plan, language, zone, created_at)
     select ${of("tenant")}, ${of("tenant")}, 'House ' || n, 'house-' || n, 'active', 'shop', 'enterprise', 'en', 'Asia/Bangkok', now() ${everyTenant}`,
  `insert into tenant_slug (slug, tenant_id) select 'house-' || n, ${of("tenant")} ${everyTenant}`,
  `insert into tenant_settings (tenant_id, id, kind, version, document, at)
     select ${of("tenant")}, ${of("domains")}, 'domains', 1, '{"entries":["shop.example"]}', now() ${everyTenant}`,
  `insert into account (id, email, name, language, zone, password_hash, password_changed_at, verified_at, created_at)
     select ${of("account")}, 'p' || n || '@people.example', 'Ada', 'en', 'UTC', 'none', now(), now(), now() ${everyTenant}`,
  `insert into session (id, account_id, scope, generation, token_hash, rotated_at, created_at, last_seen_at, expires_at, ends_at, device, user_agent, address)
     select ${of("session")}, ${of("account")}, 'console', 1, ''::bytea, now(), now(), now(), now() + interval '1 day', now() + interval '1 day', '', '', '' ${everyTenant}`,
  `insert into member (tenant_id, id, account_id, name, email, language, role, status, load_limit, skills, created_at)
     select ${of("tenant")}, ${of("member")}, ${of("account")}, 'Ada', 'p' || n || '@people.example', 'en', 'admin', 'active', 5, '[]', now() ${everyTenant}`,
];

/** A conversation with its contact and visitor. */
const conversationRows = [
  `insert into contact (tenant_id, id, attributes, verified_fields, words, created_at, updated_at)
     select ${of("tenant", "owner")}, ${of("contact", "c")}, '{}', '[]', '', now(), now() ${everyConversation} order by 1`,
  `insert into visitor (tenant_id, id, contact_id, token_hash, site, referrer, language, zone, screen, user_agent, visits, first_seen_at, last_seen_at)
     select ${of("tenant", "owner")}, ${of("visitor", "c")}, ${of("contact", "c")},
       sha256(convert_to('v1.' || ${bare(of("tenant", "owner"))} || '.' || ${bare(of("visitor", "c"))} || '.${visitorSecret}', 'utf8')),
       'https://shop.example', '', 'en', 'Asia/Bangkok', '', '', 1, now(), now() ${everyConversation} order by 1`,
  `insert into conversation (tenant_id, id, contact_id, visitor_id, channel, status, label_ids, answers, started_at, last_at, last_number, last_visible)
     select ${of("tenant", "owner")}, ${of("conversation", "c")}, ${of("contact", "c")}, ${of("visitor", "c")}, 'widget', 'open', '[]', '{}', now(), now(),
       $3::int, $3::int ${everyConversation} order by 1`,
];

const messageRows = `insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, body, at)
   select tenant_id, gen_random_uuid(), id, n, n, 0, 'visitor', 'This is the message number ' || n || ' of an ordinary length, as people write them.', now()
   from conversation, generate_series(1, last_number) n order by tenant_id, id, n`;

/** Straight into the tables, set by set. */
export async function seed({ systemUrl, tenants, conversations, messages = messagesEach }: Seeding): Promise<void> {
  const pool = createPool({ url: systemUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench seed" });
  try {
    const values = [tenants, conversations, messages];
    for (const text of tenantRows) await pool.query(text, values.slice(0, 1));
    for (const text of conversationRows) await pool.query(text, values.slice(0, text.includes("$3") ? 3 : 2));
    await pool.query(messageRows);
  } finally {
    await pool.end();
  }
}

export async function tidy(superuserUrl: string): Promise<void> {
  const pool = createPool({ url: superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench seed" });
  await pool.query("vacuum analyze");
  await pool.query("checkpoint");
  await pool.end();
}

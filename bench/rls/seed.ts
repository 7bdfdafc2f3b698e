/** Twenty tenants with conversations of two hundred messages, written straight into the tables. */
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { newId } from "@switchboard/server/core/ids.ts";

export const seeded = { tenants: 20, conversations: 50, messages: 200 } as const;

export interface SeededTenant {
  id: string;
  conversations: string[];
}

export async function seed(systemUrl: string): Promise<SeededTenant[]> {
  const client = createPool({ url: systemUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench seed" });
  try {
    const tenants = Array.from({ length: seeded.tenants }, () => ({
      id: newId(),
      conversations: Array.from({ length: seeded.conversations }, () => newId()),
    }));
    for (const { id, conversations } of tenants) {
      const contact = newId();
      await client.query("insert into tenant_clock (tenant_id) values ($1)", [id]);
      await client.query(
        "insert into contact (tenant_id, id, attributes, verified_fields, words, created_at, updated_at) values ($1, $2, '{}', '[]', '', now(), now())",
        [id, contact],
      );
      await client.query(
        `insert into conversation (tenant_id, id, contact_id, channel, status, label_ids, answers, started_at, last_at)
         select $1, id, $2, 'widget', 'open', '[]', '{}', now(), now() from unnest($3::uuid[]) id`,
        [id, contact, conversations],
      );
      await client.query(
        `insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, body, at)
         select $1, gen_random_uuid(), conversation, n, n, 1000000 + n + position * ${seeded.messages}, 'visitor',
           'This is the message number ' || n || ' of an ordinary length, as people write them.', now()
         from unnest($2::uuid[]) with ordinality as c(conversation, position), generate_series(1, ${seeded.messages}) n`,
        [id, conversations],
      );
    }
    return tenants;
  } finally {
    await client.end();
  }
}

export async function tidy(superuserUrl: string): Promise<void> {
  const client = createPool({ url: superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench seed" });
  await client.query("vacuum analyze");
  await client.query("checkpoint");
  await client.end();
}

/**
 * The audited SQL of conversations. `send_messages` and `search_messages` are definer functions owned by switchboard_system, so row
 * security does not guard them: each joins the tenant it was given in every table it touches.
 */

/**
 * Stores messages of any number of tenants in one statement and one round trip. The caller says who sends; the `gate` says what that
 * sender may reach, and the statement itself checks it:
 *
 *   null                          the server itself
 *   'v <visitor> <contact>'       only conversations of this visitor or contact
 *   'm <team> <team> …'           conversations without a team, or of one of these teams
 *   'a'                           every conversation of the tenant
 *
 * Order of locks: conversations by tenant and id, then tenant clocks by tenant, nothing after. `home` locks the first and is sorted, so
 * it is complete before `needs`, from which the clocks are locked, has a row. Conversations that somebody else works on are not waited
 * for, they answer 'busy', so that one slow transaction cannot hold up the sends of every tenant. A conversation is asked for once,
 * not once for each of its messages: let go in between, it would take the later ones and leave the earlier ones behind. Locked rows are
 * read as they are after the lock, so `home` and `clocks` hold the numbers to go on from.
 *
 * Parts are joined by `full join` where both sides are parts: the planner takes parts for tiny and would loop over them, rows times
 * rows; a full join it can only hash or merge. Both sides always match.
 *
 * One plan for all batches: PostgreSQL would plan small ones anew each time, as they look cheaper than the usual, and planning costs
 * more than storing ten messages.
 *
 * In a sample nobody writes but the server itself.
 *
 * Outcomes: sent, repeated (the same message again: what was stored then), conflict (the id belongs to another message), busy, missing
 * (no such conversation, or not for this sender).
 */
const sendMessages = `
create or replace function app.send_messages(
  in_tenants uuid[], in_conversations uuid[], in_ids uuid[], in_kinds text[], in_authors uuid[], in_devices uuid[],
  in_bodies text[], in_previews text[], in_mentions text[], in_gates text[], in_at timestamptz)
returns table (o_position int, o_outcome text, o_number int, o_visible int, o_seq float8, o_at_ms float8,
  o_team uuid, o_contact uuid, o_visitor uuid, o_assignee uuid, o_status text, o_started_ms float8,
  o_last_visible int, o_team_read int, o_visitor_read int)
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
return query
with asked as materialized (
  select z.o::int as position, z.tenant_id, z.conversation_id, z.id, z.kind, z.author_id, z.device, z.body, z.preview, z.mentions, z.gate
  from unnest(in_tenants, in_conversations, in_ids, in_kinds, in_authors, in_devices, in_bodies, in_previews, in_mentions, in_gates)
    with ordinality as z(tenant_id, conversation_id, id, kind, author_id, device, body, preview, mentions, gate, o)
),
home as materialized (
  select v.tenant_id, v.id, v.status, v.team_id, v.contact_id, v.visitor_id, v.assignee_id, v.started_at, v.last_number,
    v.last_visible, v.team_read_visible, v.visitor_read_visible
  from (select distinct tenant_id, conversation_id from asked) a
    join conversation v on v.tenant_id = a.tenant_id and v.id = a.conversation_id
  order by v.tenant_id, v.id
  for no key update of v skip locked
),
known as materialized (
  select a.position, m.number, m.visible, m.seq, m.at,
    m.conversation_id = a.conversation_id and m.kind = a.kind and m.author_id is not distinct from a.author_id
      and (m.body = a.body or m.edited_at is not null) as same
  from asked a join message m on m.tenant_id = a.tenant_id and m.id = a.id
),
seen as materialized (
  select a.*, h.id as home_id, h.status, h.team_id, h.contact_id, h.visitor_id, h.assignee_id, h.started_at, h.last_number, h.last_visible,
    h.team_read_visible, h.visitor_read_visible
  from asked a full join home h on h.tenant_id = a.tenant_id and h.id = a.conversation_id
),
fresh as materialized (
  select s.*,
    row_number() over (partition by s.tenant_id order by s.position) as in_tenant,
    row_number() over (partition by s.tenant_id, s.conversation_id order by s.position) as in_conversation,
    count(*) filter (where s.kind <> 'note') over (partition by s.tenant_id, s.conversation_id order by s.position) as in_sight
  from seen s left join known k on k.position = s.position
  where k.position is null and s.home_id is not null
    and case substr(s.gate, 1, 1)
      when 'v' then strpos(s.gate, s.visitor_id::text) > 0 or strpos(s.gate, s.contact_id::text) > 0
      when 'm' then s.team_id is null or strpos(s.gate, s.team_id::text) > 0
      when 'a' then true
      else s.gate is null end
    and (s.gate is null or s.status <> 'sample')
),
summary as materialized (
  select tenant_id, conversation_id, count(*)::int as added, (count(*) filter (where kind <> 'note'))::int as shown,
    (array_agg(preview order by position desc) filter (where kind <> 'system'))[1] as preview,
    (array_agg(kind order by position desc) filter (where kind <> 'system'))[1] as kind,
    (array_agg(kind order by position desc) filter (where kind in ('visitor', 'operator', 'bot')))[1] as last_turn,
    coalesce(bool_or(kind in ('operator', 'bot')), false) as answered, coalesce(bool_or(kind = 'visitor'), false) as by_visitor
  from fresh group by tenant_id, conversation_id
),
told as (
  update conversation v set
    last_number = v.last_number + s.added, last_visible = v.last_visible + s.shown,
    last_at = in_at, preview = coalesce(s.preview, v.preview), last_kind = coalesce(s.kind, v.last_kind),
    waiting_since = case
      when s.last_turn is null then v.waiting_since
      when s.last_turn <> 'visitor' then null
      when s.answered then in_at
      else coalesce(v.waiting_since, in_at) end,
    team_read_visible = case when s.answered then v.last_visible + s.shown else v.team_read_visible end,
    status = case when s.by_visitor then 'open' else v.status end,
    closed_at = case when s.by_visitor then null else v.closed_at end,
    snoozed_until = case when s.by_visitor then null else v.snoozed_until end
  from summary s where v.tenant_id = s.tenant_id and v.id = s.conversation_id
),
needs as materialized (select tenant_id, count(*) as added from fresh group by tenant_id),
clocks as materialized (
  select c.tenant_id, c.seq, n.added from tenant_clock c join needs n on n.tenant_id = c.tenant_id order by c.tenant_id for no key update of c
),
turn as (update tenant_clock c set seq = l.seq + l.added from clocks l where c.tenant_id = l.tenant_id),
numbered as materialized (select f.*, l.seq + f.in_tenant as seq from fresh f full join clocks l on l.tenant_id = f.tenant_id),
written as (
  insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, author_id, sender_device, body, mentions, at)
  select tenant_id, id, conversation_id, last_number + in_conversation, case when kind <> 'note' then last_visible + in_sight end, seq,
    kind, author_id, device, body, mentions::jsonb, in_at
  from numbered
),
woken as (
  insert into event_log (tenant_id, type, actor, conversation_id, subject_id, payload, at)
  select tenant_id, 'conversation.reopened', jsonb_build_object('kind', 'visitor', 'id', visitor_id), conversation_id, conversation_id,
    jsonb_build_object('conversationId', conversation_id, 'from', status, 'by', 'visitor'), in_at
  from (select distinct on (tenant_id, conversation_id) * from fresh where kind = 'visitor' and status <> 'open' order by tenant_id, conversation_id) as first
)
select s.position,
  case
    when n.position is not null then 'sent'
    when k.same then 'repeated'
    when k.position is not null then 'conflict'
    when s.home_id is null and exists (select from conversation v where v.tenant_id = s.tenant_id and v.id = s.conversation_id) then 'busy'
    else 'missing' end,
  coalesce((n.last_number + n.in_conversation)::int, k.number),
  case when n.position is null then k.visible when s.kind <> 'note' then (n.last_visible + n.in_sight)::int end,
  coalesce(n.seq, k.seq)::float8, extract(epoch from k.at)::float8 * 1000,
  s.team_id, s.contact_id, s.visitor_id, s.assignee_id, s.status, extract(epoch from s.started_at)::float8 * 1000,
  s.last_visible + coalesce(n.in_sight, 0)::int, s.team_read_visible, s.visitor_read_visible
from (seen s full join numbered n on n.position = s.position) left join known k on k.position = s.position
order by s.position;
end $$;
revoke all on function app.send_messages(uuid[], uuid[], uuid[], text[], uuid[], uuid[], text[], text[], text[], text[], timestamptz) from public;
grant execute on function app.send_messages(uuid[], uuid[], uuid[], text[], uuid[], uuid[], text[], text[], text[], text[], timestamptz) to switchboard_app;
`;

/**
 * Newest messages that hold all words. Under row security @@ cannot use its index (it is not leakproof), so this function looks past
 * it and writes the tenant out. in_teams null means every team; notes and messages alike, only members search.
 */
const searchMessages = `
create or replace function app.search_messages(
  in_tenant uuid, in_query text, in_teams uuid[], in_conversation uuid, in_before timestamptz, in_before_id uuid, in_limit int)
returns table (o_id uuid, o_conversation uuid, o_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id, w.conversation_id, w.at
  from message_words w
  join conversation v on v.tenant_id = w.tenant_id and v.id = w.conversation_id
  where w.tenant_id = in_tenant
    and to_tsvector('simple'::regconfig, w.words) @@ in_query::tsquery
    and (in_teams is null or v.team_id is null or v.team_id = any (in_teams))
    and (in_conversation is null or w.conversation_id = in_conversation)
    and (in_before is null or (w.at, w.id) < (in_before, in_before_id))
  order by w.at desc, w.id desc limit least(in_limit, 101)
$$;
revoke all on function app.search_messages(uuid, text, uuid[], uuid, timestamptz, uuid, int) from public;
grant execute on function app.search_messages(uuid, text, uuid[], uuid, timestamptz, uuid, int) to switchboard_app;
`;

/**
 * All that a returning widget needs in one round trip: who it is, its conversation, what it missed, its place in the queue. With the
 * caller's rights: the tenant comes out of the token and is set for this statement only, row security shows nothing else.
 */
const visitLook = `
create or replace function app.visit_look(in_tenant uuid, in_visitor uuid, in_conversation uuid, in_after int, in_limit int)
returns jsonb language plpgsql set search_path = public, pg_temp as $$
declare
  who record; talk conversation%rowtype; summary jsonb; listed jsonb;
begin
  perform set_config('app.tenant_id', in_tenant::text, true);
  select v.token_hash, v.contact_id, v.site, v.verified_until, c.external_id, c.blocked_at, c.name, c.email, c.phone into who
    from visitor v join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    where v.tenant_id = in_tenant and v.id = in_visitor;
  if not found then return null; end if;
  select v.* into talk from conversation v
    where v.tenant_id = in_tenant and (v.contact_id = who.contact_id or v.visitor_id = in_visitor) and (in_conversation is null or v.id = in_conversation)
    order by (v.status <> 'closed') desc, v.started_at desc, v.id desc limit 1;
  if talk.id is not null then
    summary := jsonb_build_object('id', talk.id, 'contactId', talk.contact_id, 'visitorId', talk.visitor_id, 'status', talk.status,
      'teamId', talk.team_id, 'assigneeId', talk.assignee_id, 'startedAt', talk.started_at, 'lastVisible', talk.last_visible, 'teamReadVisible', talk.team_read_visible,
      'visitorReadVisible', talk.visitor_read_visible,
      'unread', (select count(*) from (select 1 from message m where m.tenant_id = in_tenant and m.conversation_id = talk.id
        and m.number > talk.visitor_read_visible and m.visible > talk.visitor_read_visible and m.kind in ('operator', 'bot') limit 100) as new),
      'position', case when talk.status = 'open' and talk.assignee_id is null and talk.waiting_since is not null then
        1 + (select count(*) from (select 1 from conversation q where q.tenant_id = in_tenant and q.status = 'open' and q.assignee_id is null
          and q.waiting_since < talk.waiting_since and q.team_id is not distinct from talk.team_id limit 200) as before) end);
    if in_after is null then
      select jsonb_agg(part.row order by part.number) into listed from (
        select m.number, jsonb_build_object('id', m.id, 'visible', m.visible, 'kind', m.kind, 'authorId', m.author_id, 'body', m.body, 'at', m.at) as row
        from message m where m.tenant_id = in_tenant and m.conversation_id = talk.id and m.visible is not null order by m.number desc limit in_limit) as part;
    else
      select jsonb_agg(part.row order by part.number) into listed from (
        select m.number, jsonb_build_object('id', m.id, 'visible', m.visible, 'kind', m.kind, 'authorId', m.author_id, 'body', m.body, 'at', m.at) as row
        from message m where m.tenant_id = in_tenant and m.conversation_id = talk.id and m.number > in_after and m.visible > in_after
        order by m.number limit in_limit) as part;
    end if;
  end if;
  return jsonb_build_object('tokenHash', encode(who.token_hash, 'hex'), 'contactId', who.contact_id, 'site', who.site,
    'verifiedUntil', who.verified_until, 'identified', who.external_id is not null, 'blocked', who.blocked_at is not null,
    'name', who.name, 'email', who.email, 'phone', who.phone, 'conversation', summary, 'messages', coalesce(listed, '[]'::jsonb));
end $$;
`;

export const conversationRoutines = [sendMessages, searchMessages, visitLook];

// Intake's one statement, as a function in the database.

/** A workspace's waiting messages are counted one by one up to this many. */
const EXACT = 128
/** How busy a workspace is, as its messages' priority has it: the remainder by this. */
const LEVELS = 16

/**
 * damso_receive(m jsonb): commits one inbound message. Resolves what only the database knows: the open burst that it
 * joins, the lane of the message it replies to, and whether the thread is ours. Returns no row when there is nothing to
 * do; else {id, lane, state, is_new, is_active, priority, ahead, is_told, is_relayed}. In a conversation that a person has, the message goes to them. A lane that is being worked on hears of it ('more').
 */
export const RECEIVE = `
create or replace function damso_receive(m jsonb, burst_ms int, person_limit int, workspace_limit int)
returns table (id bigint, lane text, state text, is_new boolean, is_active boolean, priority int, ahead int, is_told boolean,
  is_relayed boolean)
-- A bitmap would be made of all that wait before the first is counted.
language plpgsql set enable_bitmapscan = off set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  ws text := m->>'workspace';
  v_lane text := m->>'lane';
  v_place jsonb := m->'place';
  v_state text := 'pending';
  only_if text := m->>'onlyIf';
  v_ready timestamptz := now() + make_interval(secs => (m->>'quietMs')::float8 / 1000);
  l lanes%rowtype;
  old inbox%rowtype;
  v_id bigint;
  joined record;
  of_person int;
  of_workspace int;
  counted int;
  v_level int;
  v_priority int;
  v_told boolean := false;
  v_more boolean;
  v_kind text := m->>'kind';
  v_queue text := m->>'queue';
  v_burst text := m->>'burst';
  v_relayed boolean := false;
  v_once boolean := coalesce((m->>'isOnce')::boolean, false);
begin
  -- A repeat, which Slack makes of every mention, is known by its source and costs no more than this look.
  select * into old from inbox i where i.workspace = ws and i.source = m->>'source';
  -- What counts once whoever does it has not been done while it was only refused.
  if found and old.state <> 'ahead' and not (v_once and old.state = 'refused') then
    return query select old.id, old.lane, old.state, false, false, 0, 0, false, false;
    return;
  end if;
  -- About a message that was handed on, or the copy of one.
  if only_if = 'with-copy' then
    -- Between a direct message on Discord and the server of the staff, the copy is kept where the message was written.
    if not exists (select 1 from inbox i where i.workspace = ws and i.source = m->'body'->>'target' and i.kind = 'relay')
      and not exists (select 1 from posts p where p.workspace = any(damso_copies_in(ws, m->>'author'))
        and p.platform_id = m->'body'->>'post' and p.place->>'channel' = m->'place'->>'channel' and p.slot like 'copy.%') then
      return;
    end if;
  end if;
  if m->>'burst' is not null then
    select i.lane, i.place into joined from inbox i left join turns t on t.id = i.turn
      where i.workspace = ws and i.burst = m->>'burst' and i.author = m->>'author' and i.kind = m->>'kind'
        and i.state in ('pending', 'taken') and i.created_at > now() - make_interval(secs => burst_ms / 1000.0)
        and not coalesce(t.is_visible, false)
      order by i.id desc limit 1;
    if found then
      v_lane := joined.lane;
      v_place := joined.place;
    elsif only_if = 'burst-is-open' then
      return;
    end if;
  end if;
  if m->>'replyTo' is not null then
    select t.lane, t.place into joined from posts p join turns t on t.id = p.turn
      where p.workspace = ws and p.platform_id = m->>'replyTo' limit 1;
    if found then
      v_lane := joined.lane;
      v_place := joined.place;
    elsif only_if = 'thread-is-ours' then
      return;
    end if;
  end if;
  -- What begins a thread of its own cannot be with a person yet.
  -- A task of ours is nothing that anybody wrote.
  if v_kind in ('answer', 'draft', 'person') and v_lane <> m->>'source' and not coalesce((m->>'isTask')::boolean, false) then
    select * into l from lanes where lanes.workspace = ws and lanes.lane = v_lane and lanes.ticket is not null;
    -- The bot itself can be asked at the staff's end, and at the customer's once the case has ended.
    -- Who is of another organisation is not staff, wherever they write.
    v_relayed := found and not (l.side = 'staff' and m->>'authorKind' = 'external') and (l.side = 'customer'
      or not coalesce((m->>'isTold')::boolean, false) and (l.side = 'staff' or only_if is distinct from 'with-staff'));
  end if;
  if v_relayed then
    v_kind := 'relay';
    v_queue := 'relay';
    v_burst := null;
    v_ready := now();
  elsif only_if = 'with-staff' then
    return;
  end if;
  if only_if = 'thread-is-ours' and not v_relayed then
    select * into l from lanes where lanes.workspace = ws and lanes.lane = v_lane for update;
    if not found then
      return;
    end if;
    if l.asker is distinct from m->>'author' or l.is_interrupted or (m->>'isNote')::boolean then
      v_state := 'noted';
    end if;
  end if;
  select count(*) into of_person from (select 1 from inbox w
    where w.workspace = ws and w.author = m->>'author' and w.state = 'pending' and w.created_at > '-infinity' limit person_limit) waiting;
  select count(*), coalesce(max((w.priority - 1) % ${LEVELS}) filter (where w.kind <> 'auto'), 0) into of_workspace, v_level
    from (select i.priority, i.kind from inbox i where i.workspace = ws and i.state = 'pending' and i.created_at > '-infinity' limit ${EXACT}) w;
  if of_workspace = ${EXACT} then
    -- A long queue is counted four times a second, not for every message that joins it.
    select b.waiting into counted from busy b where b.workspace = ws and b.counted_at > now() - interval '250 ms';
    if not found then
      select count(*) into counted from (select 1 from inbox w
        where w.workspace = ws and w.state = 'pending' and w.created_at > '-infinity' limit workspace_limit) waiting;
      insert into busy (workspace, waiting) values (ws, counted)
        on conflict (workspace) do update set waiting = excluded.waiting, counted_at = excluded.counted_at;
    end if;
    of_workspace := greatest(of_workspace, counted);
  end if;
  if v_state = 'pending' and not v_relayed and not coalesce((m->>'isTask')::boolean, false) and (of_person >= person_limit or of_workspace >= workspace_limit) then
    v_state := 'refused';
  end if;
  -- Who has asked much waits behind who has asked little, and of those the people of a busy workspace behind those of a
  -- calm one: every doubling of what waits there counts, from the second on. Nobody goes before who waits there already.
  -- What is shown in a channel's order is worked on as it came, whoever wrote it.
  v_level := least(${LEVELS} - 1, greatest(v_level, floor(log(2, 1 + of_workspace))));
  v_priority := case when v_kind = 'auto' then 4 else 1 + ${LEVELS} * of_person + v_level end;
  insert into inbox (workspace, audience, source, lane, kind, queue, state, burst, author, author_name, author_kind,
      author_lang, is_admin, text, body, place, handle, ready_at, priority)
    values (ws, m->>'audience', m->>'source', v_lane, v_kind, v_queue, v_state, v_burst, m->>'author',
      m->>'authorName', m->>'authorKind', m->>'authorLang', (m->>'isAdmin')::boolean, m->>'text', m->'body', v_place,
      m->>'handle', v_ready, v_priority)
    on conflict (workspace, source) do nothing returning inbox.id into v_id;
  if v_id is null then
    select * into old from inbox i where i.workspace = ws and i.source = m->>'source' for update;
    if old.state = 'ahead' or (v_once and old.state = 'refused') then
      update inbox i set lane = v_lane, kind = v_kind, queue = v_queue, state = v_state, burst = v_burst,
        author = m->>'author', author_name = m->>'authorName', author_kind = m->>'authorKind',
        author_lang = m->>'authorLang', is_admin = (m->>'isAdmin')::boolean, body = m->'body', place = v_place,
        handle = m->>'handle', ready_at = v_ready, priority = v_priority where i.id = old.id;
      v_id := old.id;
    else
      return query select old.id, old.lane, old.state, false, false, 0, 0, false, false;
      return;
    end if;
  end if;
  if v_state = 'refused' then
    insert into people as p (workspace, person, refused_at) values (ws, m->>'author', now())
      on conflict (workspace, person) do update set refused_at = now() where p.refused_at < now() - interval '1 minute';
    v_told := not found;
    return query select v_id, v_lane, v_state, true, false, 0, of_workspace, v_told, false;
    return;
  end if;
  if v_state = 'noted' then
    if l.asker is distinct from m->>'author' then
      update lanes set is_interrupted = true, updated_at = now() where lanes.workspace = ws and lanes.lane = v_lane;
    end if;
    return query select v_id, v_lane, v_state, true, false, 0, 0, false, false;
    return;
  end if;
  -- Only more of the same question changes the answer that is being written.
  v_more := v_kind <> 'relay' and exists (select 1 from turns x where x.workspace = ws and x.lane = v_lane and x.state in ('pending', 'running')
    and x.author = m->>'author' and x.kind = v_kind);
  insert into lanes as n (workspace, lane, audience, asker, priority) values (ws, v_lane, m->>'audience', m->>'author', v_priority)
    on conflict (workspace, lane) do update set asker = case when v_relayed then n.asker else excluded.asker end,
      is_interrupted = false, updated_at = now(),
      priority = excluded.priority,
      signals = case when n.lease_until <= now() then array_remove(n.signals, 'stop')
        when v_more and not 'more' = any(n.signals) then n.signals || 'more'::text else n.signals end
    returning * into l;
  if v_more and l.lease_until > now() then
    perform pg_notify('damso_signal', json_build_object('workspace', ws, 'lane', v_lane, 'signal', 'more')::text);
  end if;
  return query select v_id, v_lane, v_state, true, l.lease_until > now(), v_priority, of_workspace, false, v_relayed;
end $$;
`

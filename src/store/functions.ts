// The three statements on the way of every question, as functions in the database: each is one round trip and one
// transaction, and takes the lane's row lock first, so that gateways and workers agree on what happened before what.
// And one for the sweeper.

/**
 * damso_claim(ws, lane, owner, lease ms, epoch, early, most): takes the lane (epoch null) or reads it again under the same
 * epoch. `most` turns of chats may run at once, however many wake-ups there are: a queue that has been flushed no longer
 * knows of those that run.
 * Joins what the person has added before the first visible word, and writes the first post's intent. Returns
 * {outcome: 'full'|'refused'|'empty'|'early'|'quiet'|'claimed', …}; see store/turns.ts for the shape.
 */
export const CLAIM = `
create or replace function damso_claim(ws text, ln text, me text, lease_ms int, held_epoch bigint, is_early_ok boolean, most int)
returns jsonb language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  l lanes%rowtype;
  t turns%rowtype;
  head inbox%rowtype;
  newest timestamptz;
  last_id bigint;
begin
  if most is not null then
    -- Claims that run beside each other do not see one another: near the limit, one comes after the other. Where all is
    -- serializable they do, and one that has waited would look at what was there before it did.
    if damso_running(most) + 32 >= most and current_setting('transaction_isolation') <> 'serializable' then
      perform pg_advisory_xact_lock(hashtext('damso:running'));
    end if;
    if damso_running(most) >= most then
      return jsonb_build_object('outcome', 'full', 'ms', 300);
    end if;
  end if;
  insert into lanes (workspace, lane, audience) select ws, ln, i.audience from inbox i
    where i.workspace = ws and i.lane = ln order by i.id limit 1 on conflict do nothing;
  if held_epoch is null then
    update lanes set epoch = lanes.epoch + 1, owner = me, lease_until = now() + make_interval(secs => lease_ms / 1000.0),
        signals = array(select 'stop'::text where 'stop' = any(lanes.signals))
      where lanes.workspace = ws and lanes.lane = ln and (lanes.lease_until <= now() or lanes.owner is null) returning * into l;
  else
    update lanes set lease_until = now() + make_interval(secs => lease_ms / 1000.0),
        signals = array(select 'stop'::text where 'stop' = any(lanes.signals))
      where lanes.workspace = ws and lanes.lane = ln and lanes.epoch = held_epoch and lanes.owner = me returning * into l;
  end if;
  if not found then
    select * into l from lanes where lanes.workspace = ws and lanes.lane = ln;
    if not found then
      return jsonb_build_object('outcome', 'empty');
    end if;
    -- It is given back long before the lease ends, unless its worker dies; and a wake-up that is put off keeps others away.
    return jsonb_build_object('outcome', 'refused', 'ms', least(1000, greatest(50, extract(epoch from greatest(l.lease_until, now()) - now()) * 1000)));
  end if;
  -- A person has the conversation: the bot says nothing in it, whatever a crash or a retry has left.
  if l.side = 'customer' and l.ticket is not null and damso_take_over(ws, ln, true) then
    update lanes set signals = '{}' where lanes.workspace = ws and lanes.lane = ln returning * into l;
  end if;
  -- Read again, it is the one that runs. Whoever asks for a person waits for no answer that has to be tried again.
  select * into t from turns where turns.workspace = ws and turns.lane = ln and turns.state in ('pending', 'running')
    order by held_epoch is not null and turns.state = 'running' desc, turns.kind = 'person' desc, turns.id limit 1;
  if held_epoch is null and t.kind in ('answer', 'draft') then
    select * into head from inbox i where i.workspace = ws and i.lane = ln and i.state = 'pending' and i.kind = 'person'
      order by i.id limit 1;
  end if;
  if head.id is not null or held_epoch is null and t.kind = 'person' then
    -- What a crash has left comes after it, and is no longer taken for what runs.
    update turns set state = 'pending', crashes = turns.crashes + 1 where turns.workspace = ws and turns.lane = ln
      and turns.state = 'running' and turns.kind <> 'person';
  end if;
  if head.id is not null then
    t := null;
  end if;
  if t.id is not null and t.not_before > now() and held_epoch is null and not is_early_ok then
    update lanes set owner = null, lease_until = '-infinity' where lanes.workspace = ws and lanes.lane = ln;
    return jsonb_build_object('outcome', 'early', 'ms', extract(epoch from t.not_before - now()) * 1000);
  end if;
  if head.id is null then
    select * into head from inbox i where i.workspace = ws and i.lane = ln and i.state = 'pending' order by i.id limit 1;
  end if;
  if t.id is null and head.id is null then
    update lanes set owner = null, lease_until = '-infinity', signals = '{}' where lanes.workspace = ws and lanes.lane = ln;
    return jsonb_build_object('outcome', 'empty');
  end if;
  if head.id is not null and (t.id is null or (not t.is_visible and head.author = t.author and head.kind = t.kind and t.kind <> 'relay')) then
    -- The run of one person's rows of one kind ends before the first pending row of another.
    select min(i.id) - 1 into last_id from inbox i where i.workspace = ws and i.lane = ln and i.state = 'pending' and i.id >= head.id
      and (i.author <> head.author or i.kind <> head.kind
        or (i.id <> head.id and (i.handle is not null or head.handle is not null or head.kind = 'relay')));
    -- A message that reads complete starts the turn at once; else quiet is awaited, six seconds at most.
    select least(max(i.ready_at), head.created_at + interval '6 seconds') into newest from inbox i
      where i.workspace = ws and i.lane = ln and i.state = 'pending' and i.id between head.id and coalesce(last_id, i.id);
    if t.id is null and newest > now() and not exists (select 1 from inbox i where i.workspace = ws and i.lane = ln
        and i.state = 'pending' and i.id between head.id and coalesce(last_id, i.id) and i.ready_at <= i.created_at) then
      update lanes set owner = null, lease_until = '-infinity' where lanes.workspace = ws and lanes.lane = ln;
      return jsonb_build_object('outcome', 'quiet');
    end if;
    if t.id is null then
      insert into turns (workspace, audience, lane, kind, queue, author, place, state)
        values (ws, head.audience, ln, head.kind, head.queue, head.author, head.place, 'pending') returning * into t;
      if head.queue = 'chat' then
        insert into posts (turn, slot, place, workspace, audience, source)
          values (t.id, 'answer.0', head.place, ws, head.audience, head.source);
      end if;
    end if;
    update inbox i set state = 'taken', turn = t.id where i.workspace = ws and i.lane = ln and i.state = 'pending'
      and i.id between head.id and coalesce(last_id, i.id) and i.author = t.author and i.kind = t.kind;
  end if;
  update turns set crashes = crashes + case when held_epoch is null and turns.state = 'running' then 1 else 0 end,
    state = 'running', started_at = coalesce(turns.started_at, now()) where turns.id = t.id returning * into t;
  return jsonb_build_object(
    'outcome', 'claimed', 'epoch', l.epoch, 'priority', l.priority, 'isStopped', 'stop' = any(l.signals), 'turn', to_jsonb(t) || jsonb_build_object('id', t.id::text),
    'createdAt', (extract(epoch from t.created_at) * 1000)::bigint,
    'rows', (select coalesce(jsonb_agg(jsonb_build_object('source', i.source, 'text', i.text, 'body', i.body,
        'at', (extract(epoch from i.created_at) * 1000)::bigint, 'name', i.author_name, 'kind', i.author_kind,
        'lang', i.author_lang, 'isAdmin', i.is_admin, 'handle', i.handle) order by i.id), '[]')
      from inbox i where i.turn = t.id and i.state = 'taken'),
    'posts', (select coalesce(jsonb_agg(to_jsonb(p) order by p.slot), '[]') from posts p where p.turn = t.id),
    'history', (select coalesce(jsonb_agg(jsonb_build_object('role', h.role, 'text', h.text) order by h.at, h.id), '[]') from (
        (select case when i.author = t.author then 'asker' else 'other' end as role, i.text, i.created_at as at, i.id
          from inbox i where i.workspace = ws and i.lane = ln and i.audience = t.audience
            and (i.state = 'done' and i.queue = 'chat' or i.state = 'noted') order by i.id desc limit 200)
        union all
        (select 'bot', d.answer, d.done_at, d.id from turns d where d.workspace = ws and d.lane = ln
          and d.audience = t.audience and d.answer is not null order by d.id desc limit 200)) h),
    'person', (select to_jsonb(p) from people p where p.workspace = ws and p.person = t.author));
end $$;
`

/** damso_running(most): how many turns of chats are being worked on, counted up to `most`. */
export const RUNNING = `
create or replace function damso_running(most int) returns int language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return (select count(*) from (
    select 1 from turns t join lanes l on l.workspace = t.workspace and l.lane = t.lane
    where t.state = 'running' and t.queue = 'chat' and l.owner is not null and l.lease_until > now() limit most) as counted);
end $$;
`

/**
 * damso_finish(turn, owner, epoch, result jsonb): ends the turn and gives the lane back, if the epoch still holds.
 * Returns null when fenced off; else how many rows wait in the lane.
 */
export const FINISH = `
create or replace function damso_finish(turn_id bigint, me text, held_epoch bigint, r jsonb)
returns int language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  t turns%rowtype;
  waiting int;
  is_late boolean;
begin
  select * into t from turns where turns.id = turn_id;
  -- What is handed on has no last look before it: an edit that came while it was being posted has it handed on again.
  select t.kind in ('relay', 'auto', 'flag') and r->>'state' in ('done', 'held') and 'restart' = any(lanes.signals) into is_late from lanes
    where lanes.workspace = t.workspace and lanes.lane = t.lane and lanes.epoch = held_epoch and lanes.owner = me for update;
  if is_late then
    r := r || jsonb_build_object('state', 'pending', 'queue', case when t.kind = 'auto' then 'batch' else t.queue end);
  end if;
  update lanes set owner = null, lease_until = '-infinity', updated_at = now(),
      signals = array(select 'stop'::text where 'stop' = any(lanes.signals) and r->>'state' = 'pending'),
      -- Whoever wrote before this answer no longer counts as having interrupted.
      is_interrupted = lanes.is_interrupted and r->>'answer' is null
    where lanes.workspace = t.workspace and lanes.lane = t.lane and lanes.epoch = held_epoch and lanes.owner = me;
  if not found then
    return null;
  end if;
  update turns set state = r->>'state', queue = coalesce(r->>'queue', queue), answer = r->>'answer', answer_lang = r->>'lang',
    facts = coalesce(r->'facts', '{}'), error_code = r->>'errorCode', error_hint = r->>'errorHint', code = r->>'code',
    attempts = coalesce((r->>'attempts')::int, attempts),
    not_before = now() + make_interval(secs => coalesce((r->>'notBeforeMs')::float8, 0) / 1000),
    done_at = case when r->>'state' in ('pending', 'held') then null else now() end
    where turns.id = turn_id;
  if r->>'state' = 'pending' and exists (select 1 from lanes l where l.workspace = t.workspace and l.lane = t.lane
      and l.side = 'customer' and l.ticket is not null) then
    perform damso_take_over(t.workspace, t.lane, false);
  end if;
  if r->>'state' not in ('pending', 'held') then
    update inbox set state = 'done' where inbox.turn = turn_id and inbox.state = 'taken';
  end if;
  if (r->>'notified')::boolean then
    insert into people (workspace, person, notified_at, notified_by) values (t.workspace, t.author, now(), turn_id)
      on conflict (workspace, person) do update set notified_at = coalesce(people.notified_at, now());
  elsif r->>'state' not in ('pending', 'held') then
    -- It was to carry the notice, and shows none: the next answer does.
    update people set notified_at = null, notified_by = null
      where people.workspace = t.workspace and people.person = t.author and people.notified_by = turn_id;
  end if;
  select count(*) + (select count(*) from turns x where x.workspace = t.workspace and x.lane = t.lane and x.state = 'pending'
      and x.not_before <= now() and x.id <> turn_id)
    into waiting from inbox where inbox.workspace = t.workspace and inbox.lane = t.lane and inbox.state = 'pending';
  return waiting + case when is_late then 1 else 0 end;
end $$;
`

/**
 * damso_front(most): the first of all that wait or are worked on, in the order in which they are to be answered. However
 * many there are, only these are read: left to itself the planner takes them for few, reads all of them, and sorts.
 */
export const FRONT = `
create or replace function damso_front(most int)
returns table (workspace text, lane text, queue text, kind text, state text, priority int, id bigint, turn bigint,
  ready_at timestamptz, created_at timestamptz)
language sql stable rows 100 set enable_bitmapscan = off set enable_seqscan = off as $$
  select i.workspace, i.lane, i.queue, i.kind, i.state, i.priority, i.id, i.turn, i.ready_at, i.created_at
  from inbox i
  where i.state in ('pending', 'taken') and i.ready_at > '-infinity' order by i.priority, i.id limit most
$$;
`

/** damso_is_theirs(ws, other): whether a person of the workspace `ws` may have rows in `other`; see `theirs` in db.ts. */
export const IS_THEIRS = `
create or replace function damso_is_theirs(ws text, other text) returns boolean language sql immutable as $$
  select other = ws or (ws like 'discord:%' and other like 'discord:%')
$$`

// A person takes a conversation over from the bot: what the bot was about to say there becomes a message for that person.
// In the database, so that no statement which gives a lane to a person can leave an answer behind.

/** What the bot says of itself. What staff have decided about goes out all the same: it is a person's word. */
const OF_THE_BOT = `x.kind in ('answer', 'draft') and not x.facts ? 'decision'`

/**
 * damso_take_over(ws, lane, with running): answers that wait, and those whose worker holds them no longer or asks for it,
 * are handed on instead. Whoever has the lane's row lock calls it. What has been shown of them is taken away by the turn
 * that hands them on (workers/desk/relay.ts); what may have been shown is looked for first.
 */
export const TAKE_OVER = `
create or replace function damso_take_over(ws text, ln text, with_running boolean) returns boolean language plpgsql as $$
declare
  taken bigint[];
begin
  taken := array(select x.id from turns x where x.workspace = ws and x.lane = ln and ${OF_THE_BOT}
    and (x.state = 'pending' or x.state = 'running' and with_running));
  if cardinality(taken) > 0 then
    -- Nobody has begun to write it.
    delete from posts p using turns x where p.turn = x.id and x.id = any(taken) and x.state = 'pending'
      and x.attempts = 0 and x.crashes = 0 and p.state = 'intent' and p.platform_id is null;
    update posts p set state = 'open', updated_at = now() where p.turn = any(taken) and p.state = 'intent';
    update turns set kind = 'relay', queue = 'relay', not_before = '-infinity', attempts = 0, crashes = 0, survived = 0,
      facts = (facts - 'written' - 'writtenTo' - 'owed') || '{"takenOver": true}' where turns.id = any(taken);
    update inbox set kind = 'relay', queue = 'relay', burst = null where inbox.turn = any(taken) and inbox.state = 'taken';
  end if;
  -- That the bot calls a person says nothing to one who is there.
  update inbox set state = 'done' where inbox.workspace = ws and inbox.lane = ln and inbox.state = 'pending'
    and inbox.kind = 'person' and inbox.source like 'handover:%';
  update inbox set kind = 'relay', queue = 'relay', burst = null, ready_at = now() where inbox.workspace = ws
    and inbox.lane = ln and inbox.state = 'pending' and inbox.kind in ('answer', 'draft', 'person');
  return cardinality(taken) > 0;
end $$;

create or replace function damso_lane_is_taken() returns trigger language plpgsql as $$
begin
  perform damso_take_over(new.workspace, new.lane, false);
  -- To stop is no wish of the customer's any more, or it would stop what hands their words on.
  new.signals := array_remove(new.signals, 'stop');
  if exists (select 1 from turns x where x.workspace = new.workspace and x.lane = new.lane and x.state = 'running' and ${OF_THE_BOT}) then
    new.signals := new.signals || 'take-over'::text;
    perform pg_notify('damso_signal', json_build_object('workspace', new.workspace, 'lane', new.lane, 'signal', 'take-over')::text);
  end if;
  return new;
end $$;

create trigger lanes_taken before update of side, ticket on lanes for each row
  when (new.side = 'customer' and new.ticket is not null
    and (old.side is distinct from new.side or old.ticket is distinct from new.ticket))
  execute function damso_lane_is_taken();
`

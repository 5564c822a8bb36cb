// What the figures do not know yet; '' when all were measured on today's code.
export const SINCE: string =
  'Measured row after row; the date of each stands with it. The machine is shared, and its speed changes within the hour: the same question cost the gateway 1.9 ms at one time and 2.8 ms at another, so figures near their target fall on either side of it. Not in the figures of real limits, memory, 300/s and 600/s offered: a gateway asks once for all the status lines of a moment whether they are still true, and shows none while 24 are on their way (src/slack/receive.ts), and calls that were leased and not spent are given back (src/store/budgets.ts). That acknowledgements at 200/s come sooner than plain Bolt’s says little: both are overloaded there, and the difference went from -7.1 to 0.9 s between rounds. Not measured by this bench, on the same two cores: the whole of .ci/run took 733 s (asked: 900; a third of it are the faults), npm test 155 s of it (asked: 180).'

// Why a target is missed, by the id of the measurement; shown in README.md while it is. Written by hand, from profiles.
export const CAUSES: Readonly<Record<string, string>> = {
  'ack-intake-300':
    'a question costs the gateway 1.9 to 2.8 ms and the servers 0.8 to 1.3 ms, as fast as the machine is at the time, and the load and the fakes need the rest of the two cores: at 300/s little is left over, and a moment’s delay takes long to be made good. The median is 3 ms. Half an hour before this row three single trials gave 16, 27 and 36 ms',
  'ack-embedded-50':
    'at 50/s the app and its database, on a thread each, take 1.2 of the two cores (24 ms an answer), and the load and the fakes the rest. Half an hour before this row two single trials gave 42 and 44 ms, and 46 and 56 ms with the database on the thread that answers, where it was 101 ms in this row until today',
  'first-word-50-p50':
    'at 50/s with answers of 200 tokens the two cores are nearly full with the app, its servers, both fakes (10,000 tokens a second) and the load, and a first word waits for its turn; at 20/s it is 4 ms',
  'first-word-50-p99': 'as for the median: the spread follows the load of the two cores',
  'throughput-300':
    'counted in the ten seconds in which 3,000 questions come in. Taking them in goes first: the gateway has priority over a worker on the same two cores, and a question costs 9.8 ms of the app and 6.3 ms of PostgreSQL and Redis (plain Bolt 4.2 ms and nothing). What came in is answered afterwards at 60 to 70/s, none is lost',
  'meaning-100000':
    'every vector is looked at for every question, 410 MB of them: a hundred million multiplications, and memory to read, on one thread. It gives way to others after each 4,096 vectors, and fewer passages take proportionally less',
  saturation: 'as at 300/s: what is offered beyond capacity is first written down, which the peers do not do',
  embedded:
    'an answer takes 17 to 19 ms of the app’s thread and of its database’s together, half of the latter for the queue’s own statements; with the load and the fakes beside them the two cores are full. Half an hour before this row a single trial gave 85/s, and with the database on the thread that answers it was 51/s where 80/s were offered. None is lost; the recommended shape for more is Redis and PostgreSQL',
}

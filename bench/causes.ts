// What the figures do not know yet; '' when all were measured on today's code.
export const SINCE: string =
  'Measured on one day, row after row. Since then, and not in these figures: a gateway asks once for all the status lines of a moment whether they are still true, and shows none while 24 are on their way (src/slack/receive.ts); embedded, one statement in four goes to answers while messages flood in (src/store/pglite-wire.ts), where before none was answered until the flood was over; and BullMQ on PostgreSQL alone keeps to the limit of answers at once (src/app.ts).'

// Why a target is missed, by the id of the measurement; shown in README.md while it is. Written by hand, from profiles.
export const CAUSES: Readonly<Record<string, string>> = {
  'ack-200':
    'at 200/s the two cores are over what they can do: an answer costs the app 9.8 ms, PostgreSQL and Redis 6.3 ms (plain Bolt 4.2 ms and nothing), and the fakes and the load share the cores. An acknowledgement waits for its commit, so for a turn of the gateway and of PostgreSQL. The difference of two overloaded systems says little: it went from -5.6 to 2.5 s between rounds',
  'ack-intake-300':
    'a question costs the gateway 2.4 ms and the servers 1.5 ms, and the load and the fakes need the rest of the two cores: at 300/s nothing is left over, and a moment’s delay takes seconds to be made good. The median is 3.5 ms',
  'ack-embedded-50':
    'the embedded database computes on the thread that answers: at 50/s the process is busy all the time (24 ms of processor time an answer). 883 ms before statements were prepared once and looked into one lane only',
  'first-word-50-p50':
    'at 50/s with answers of 200 tokens the two cores are nearly full with the app, its servers, both fakes (10,000 tokens a second) and the load, and a first word waits for its turn; at 20/s it is 4 ms',
  'first-word-50-p99': 'as for the median: the spread follows the load of the two cores',
  'throughput-300':
    'counted in the ten seconds in which 3,000 questions come in. Taking them in goes first: the gateway has priority over a worker on the same two cores, and a question costs 9.8 ms of the app and 6.3 ms of PostgreSQL and Redis (plain Bolt 4.2 ms and nothing). What came in is answered afterwards at 60 to 70/s, none is lost',
  'meaning-100000':
    'every vector is looked at for every question, 410 MB of them: a hundred million multiplications, and memory to read, on one thread. It gives way to others after each 4,096 vectors, and fewer passages take proportionally less',
  saturation: 'as at 300/s: what is offered beyond capacity is first written down, which the peers do not do',
  embedded:
    'the database computes on the thread that answers, and taking messages in goes first: at 150/s there was no time left for answers while they came in. At 50/s offered 48 to 49/s are answered. The recommended shape for more is Redis and PostgreSQL',
  'two-workers':
    'one worker is at 94 % of what its model gives (12.6 of 13.3/s), two at 84 %: the second process, its gateway, PostgreSQL, Redis, the fakes and the load share two cores. In a single run beside this one it was 1.97',
}

// Why a target is missed, by the id of the measurement; shown in README.md while it is. Written by hand, from profiles.
export const CAUSES: Readonly<Record<string, string>> = {
  'ack-200':
    'at 200/s the two cores are full: an answer costs the app 11 to 13 ms, PostgreSQL and Redis 5 ms (plain Bolt 7 ms and nothing), and the fakes and the load share the cores. An acknowledgement waits for its commit, so for a turn of the gateway and of PostgreSQL. At 100/s, with workers at a lower priority than the gateway, it was 57 to 185 ms instead of 590 to 950 ms',
  'ack-intake-300':
    'spread from 54 to 2,320 ms between runs of the same minute on a shared machine: a mention is two events, so 600 requests a second, of which since then only half reach the database',
  'ack-embedded-50':
    'the embedded database computes on the thread that answers: 13 statements of 0.5 to 2.5 ms an answer, 27 % of the process’s time. In a thread of its own each statement cost twice as much, and on two cores nothing was gained',
}

// What the figures do not know yet; '' when all were measured on today's code.
export const SINCE: string =
  'Measured row after row; the date of each stands with it. Not in the figures of first words, whole answers, real limits, memory, 300/s and 600/s offered: a gateway asks once for all the status lines of a moment whether they are still true, and shows none while 24 are on their way (src/slack/receive.ts). In the row about a long queue alone: calls that were leased and not spent are given back (src/store/budgets.ts); before, it slowed down by a quarter after a minute, and a newcomer waited for up to four seconds. That acknowledgements at 200/s come sooner than plain Bolt’s says little: both are overloaded there, and the difference went from -8.2 to 0.7 s between rounds. Not measured by this bench, on the same two cores: the whole of .ci/run took 908 s (asked: 900; a third of it are the faults), npm test 175 s of it (asked: 180).'

// Why a target is missed, by the id of the measurement; shown in README.md while it is. Written by hand, from profiles.
export const CAUSES: Readonly<Record<string, string>> = {
  'ack-intake-300':
    'a question costs the gateway 2.4 ms and the servers 1.5 ms, and the load and the fakes need the rest of the two cores: at 300/s nothing is left over, and a moment’s delay takes long to be made good. The median is 3.2 ms; of five rounds some keep to the target (26.7 ms) and some do not',
  'ack-embedded-50':
    'the embedded database computes on the thread that answers, and 50/s is more than it can answer (about 33/s, 30 ms of processor time each): the process is busy all the time. 883 ms before statements were prepared once and looked into one lane only',
  'first-word-50-p50':
    'at 50/s with answers of 200 tokens the two cores are nearly full with the app, its servers, both fakes (10,000 tokens a second) and the load, and a first word waits for its turn; at 20/s it is 4 ms',
  'first-word-50-p99': 'as for the median: the spread follows the load of the two cores',
  'throughput-300':
    'counted in the ten seconds in which 3,000 questions come in. Taking them in goes first: the gateway has priority over a worker on the same two cores, and a question costs 9.8 ms of the app and 6.3 ms of PostgreSQL and Redis (plain Bolt 4.2 ms and nothing). What came in is answered afterwards at 60 to 70/s, none is lost',
  'meaning-100000':
    'every vector is looked at for every question, 410 MB of them: a hundred million multiplications, and memory to read, on one thread. It gives way to others after each 4,096 vectors, and fewer passages take proportionally less',
  saturation: 'as at 300/s: what is offered beyond capacity is first written down, which the peers do not do',
  embedded:
    'the database computes on the thread that answers. Of 30 ms of processor time an answer it takes 18, half of them in the queue’s own statements, so that about 33/s can be answered; at 40/s offered 30 to 32/s are. Taking messages in goes first, which at 150/s leaves next to nothing, and what is left is shared by the 1,024 answers that this row lets run at once: with 64 of them 10/s are answered meanwhile. The rest is answered afterwards, none is lost. The recommended shape for more is Redis and PostgreSQL',
}

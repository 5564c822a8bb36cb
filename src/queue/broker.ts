// What the queue needs of BullMQ on either of its stores; redis.ts and postgres.ts provide it.
import type { Queue as BullQueue, Worker as BullWorker, Processor, WorkerOptions } from 'bullmq'
import type { QueueName } from '../core/decision.ts'

/** BullMQ on one of its two stores. */
export interface Broker extends AsyncDisposable {
  readonly kind: 'redis' | 'postgres'
  queue(name: QueueName): BullQueue
  worker(name: QueueName, run: Processor, options: Omit<WorkerOptions, 'connection'>): BullWorker
  lostEverything(): Promise<boolean>
  redisFacts(): Promise<RedisFacts | null>
  ready(): boolean
}

export interface RedisFacts {
  version: string
  evictionPolicy: string
  aof: boolean
  rdb: boolean
}

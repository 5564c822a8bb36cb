// The calls of the Web API that one post is made of: where it goes, what it shows, marked with its key so that it can be
// found again, without link previews. When to make which is the driver's.
import type { Post, WriteOptions } from '../core/outbound.ts'
import type { Answer, Args } from './api.ts'
import type { Caller, Method } from './caller.ts'
import { METADATA_TYPE } from './look-up.ts'
import type { Rendered } from './render.ts'
import { stopStream } from './stream.ts'

/** Each asks first whether the post is still ours to write, and throws the signal's reason when it is not. */
export interface PostCalls {
  /** Within the budget, or not at all. */
  begin(rendered: Rendered): Promise<Answer>
  refresh(id: string, rendered: Rendered, need: 'must' | 'may'): Promise<Answer>
  /** Until Slack has decided; a lost answer is returned, since only a look can tell. */
  post(rendered: Rendered): Promise<Answer>
  /** `isReserved`: the call was set aside before. */
  update(id: string, rendered: Rendered, isReserved: boolean): Promise<Answer>
  stop(id: string): Promise<Answer>
  remove(id: string): Promise<Answer>
}

/**
 * Of a whole message, also by response_url (docs.slack.dev messaging/unfurling-links-in-messages). A native stream takes
 * no such arguments, and chat.update shows no new previews.
 */
export const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false } as const

export function createPostCalls(
  caller: Caller,
  post: Post,
  { signal, isOurs }: Pick<WriteOptions, 'signal' | 'isOurs'>,
): PostCalls {
  const { channel, thread, workspace } = post.place
  const toPost = ({ hasFiles = false, ...rendered }: Rendered): Args => ({
    channel,
    ...(thread === null ? {} : { thread_ts: thread }),
    ...rendered,
    // A file is shared by its preview.
    unfurl_links: hasFiles,
    unfurl_media: hasFiles,
    metadata: toMetadata(post),
  })
  const toUpdate = (id: string, { hasFiles: _, ...rendered }: Rendered): Args => ({
    channel,
    ts: id,
    ...rendered,
    metadata: toMetadata(post),
  })
  const insist = (method: Method, args: Args, isRepeatable: boolean, isReserved = false): Promise<Answer> =>
    caller.insist(workspace, method, args, { isRepeatable, isReserved, signal, isOurs })

  const once = async (method: Method, args: Args, need: 'must' | 'may'): Promise<Answer> => {
    isOurs?.()
    signal.throwIfAborted()
    return caller.once(workspace, method, args, need)
  }

  return {
    begin: (rendered) => once('chat.postMessage', toPost(rendered), 'may'),
    refresh: (id, rendered, need) => once('chat.update', toUpdate(id, rendered), need),
    post: (rendered) => insist('chat.postMessage', toPost(rendered), false),
    update: (id, rendered, isReserved) => insist('chat.update', toUpdate(id, rendered), true, isReserved),
    stop: (id) => stopStream(caller, post, id, {}, { isRepeatable: true, signal, isOurs }),
    remove: (id) => insist('chat.delete', { channel, ts: id }, true),
  }
}

export function toMetadata(post: Post): object {
  return { event_type: METADATA_TYPE, event_payload: { key: post.key } }
}

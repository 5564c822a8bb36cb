// Modals and the Home tab: pressing, filling in, submitting, and what the answer does to the view.
import { isDict } from './arguments.ts'
import { actionOf, interactionBase, newTrigger, type Outcome, outcomeOf } from './interactions.ts'
import type { Platform } from './platform.ts'
import type { Block, Dict, UserRecord, ViewRecord } from './shapes.ts'
import { addView, checkView, replaceView, wireView } from './web-api/views.ts'
import type { World } from './world.ts'

/** A button or choice inside a modal or the Home tab. */
export async function runViewPress(
  platform: Platform,
  user: UserRecord,
  record: ViewRecord,
  actionId: string,
  choice: string | undefined,
): Promise<Outcome> {
  const { world } = platform
  const triggerId = newTrigger(world, user.id)
  const blocks = Array.isArray(record.view['blocks']) ? (record.view['blocks'] as Block[]) : []
  const delivery = await platform.interact('interactive', 'block_actions', {
    ...interactionBase(world, user),
    type: 'block_actions',
    container: { type: 'view', view_id: record.id },
    view: wireView(world, record),
    trigger_id: triggerId,
    actions: [actionOf(world, `view ${record.id}`, blocks, actionId, choice)],
  })
  return outcomeOf(delivery, { triggerId })
}

/** Values by action_id, as a person fills them in: text, or the value of a choice. */
export type ViewValues = Record<string, string | string[]>

function stateOf(view: Dict, values: ViewValues): Dict {
  const state: Record<string, Dict> = {}
  const blocks = Array.isArray(view['blocks']) ? view['blocks'].filter(isDict) : []
  blocks.forEach((block, i) => {
    const element = block['element']
    if (block['type'] !== 'input' || !isDict(element)) return
    const actionId = String(element['action_id'] ?? '')
    const blockId = String(block['block_id'] ?? `auto-${i}`)
    state[blockId] = { [actionId]: inputValue(element, values[actionId]) }
  })
  return { values: state }
}

function inputValue(element: Dict, given: string | string[] | undefined): Dict {
  const type = String(element['type'])
  const options = Array.isArray(element['options']) ? element['options'].filter(isDict) : []
  const many = given === undefined ? [] : [given].flat()
  if (type === 'checkboxes' || type.startsWith('multi_static')) {
    return { type, selected_options: options.filter((one) => many.includes(String(one['value']))) }
  }
  if (type === 'static_select' || type === 'radio_buttons') {
    const chosen = options.find((one) => one['value'] === given) ?? element['initial_option'] ?? null
    return { type, selected_option: chosen }
  }
  if (type.endsWith('users_select')) return { type, selected_user: given ?? null }
  if (type.endsWith('channels_select')) return { type, selected_channel: given ?? null }
  if (type.endsWith('conversations_select')) return { type, selected_conversation: given ?? null }
  return { type, value: given ?? element['initial_value'] ?? null }
}

export async function runSubmit(
  platform: Platform,
  user: UserRecord,
  record: ViewRecord,
  values: ViewValues,
): Promise<Outcome> {
  const { world } = platform
  const triggerId = newTrigger(world, user.id)
  const delivery = await platform.interact('interactive', 'view_submission', {
    ...interactionBase(world, user),
    type: 'view_submission',
    trigger_id: triggerId,
    view: wireView(world, record, stateOf(record.view, values)),
    response_urls: [],
  })
  const outcome = outcomeOf(delivery, { triggerId })
  if (!outcome.ok) return outcome
  return applyViewResponse(world, user, record, delivery.response ?? {}, outcome)
}

/** docs.slack.dev surfaces/modals: `response_action` errors, update, push or clear; otherwise it closes. */
function applyViewResponse(
  world: World,
  user: UserRecord,
  record: ViewRecord,
  response: Dict,
  outcome: Outcome,
): Outcome {
  const view = isDict(response['view']) ? response['view'] : undefined
  switch (response['response_action']) {
    case 'errors':
      return { ...outcome, errors: isDict(response['errors']) ? response['errors'] : {} }
    case 'update':
      replaceView(world, record, checkView(view))
      return outcome
    case 'push':
      addView(world, user.id, checkView(view), record.id)
      return outcome
    case 'clear':
      for (const one of world.views) if (one.user === user.id && one.kind === 'modal') one.open = false
      break
    default:
      record.open = false
  }
  world.changed()
  return outcome
}

// Checks Block Kit against Slack's documented limits, and finds the elements a person can press.
import { isDict } from './arguments.ts'
import { Refusal } from './refusal.ts'
import type { Block, Dict } from './shapes.ts'

// docs.slack.dev reference/block-kit/blocks/*: the limits of each block.
const MAX_BLOCKS = 50
const MAX_SECTION = 3000
const MAX_HEADER = 150
const MAX_MARKDOWN = 12_000
const MAX_ID = 255
const MAX_BUTTON_TEXT = 75
const MAX_VALUE = 2000
const MAX_ELEMENTS: Record<string, number> = { actions: 25, context: 10, context_actions: 5 }
// bolt-js#2509 (facts A2): the text of all blocks together, not documented.
const MAX_ALL_BLOCKS = 13_200

const KNOWN_BLOCKS = new Set(
  `actions alert card carousel container context context_actions data_table divider file header image input
   markdown plan rich_text section table task_card video`.split(/\s+/),
)

function invalid(message: string): never {
  throw new Refusal('invalid_blocks', {
    errors: [message],
    response_metadata: { messages: [`[ERROR] ${message}`] },
  })
}

export function checkBlocks(blocks: Block[]): void {
  if (blocks.length > MAX_BLOCKS) invalid(`no more than ${MAX_BLOCKS} items allowed [json-pointer:/blocks]`)
  const ids = new Set<string>()
  let markdown = 0
  blocks.forEach((block, i) => {
    const at = `[json-pointer:/blocks/${i}]`
    if (!KNOWN_BLOCKS.has(block.type)) invalid(`unsupported type: ${block.type} ${at}`)
    if (block.block_id !== undefined) {
      if (String(block.block_id).length > MAX_ID) invalid(`block_id over ${MAX_ID} characters ${at}`)
      if (ids.has(block.block_id)) invalid(`\`block_id\` already in use ${at}`)
      ids.add(block.block_id)
    }
    checkText(block, at)
    checkElements(block, at)
    if (block.type === 'markdown') markdown += String(block['text'] ?? '').length
  })
  // docs.slack.dev markdown block: 12,000 characters for all markdown blocks of a payload together.
  if (markdown > MAX_MARKDOWN) throw new Refusal('msg_blocks_too_long')
  if (blocks.reduce((sum, block) => sum + textLength(block), 0) > MAX_ALL_BLOCKS) {
    throw new Refusal('msg_blocks_too_long')
  }
}

function checkText(block: Block, at: string): void {
  const text = isDict(block['text']) ? String(block['text']['text'] ?? '') : undefined
  if (block.type === 'section') {
    const fields = block['fields']
    if (text === undefined && !Array.isArray(fields)) invalid(`missing required field: text ${at}`)
    if (text === '') invalid(`must be more than 0 characters ${at}/text/text`)
    if (text && text.length > MAX_SECTION) invalid(`must be less than 3001 characters ${at}/text/text`)
  }
  if (block.type === 'header' && (text ?? '').length > MAX_HEADER) invalid(`header over ${MAX_HEADER} ${at}`)
  if (block.type === 'markdown' && !block['text']) invalid(`missing required field: text ${at}`)
}

function checkElements(block: Block, at: string): void {
  const elements = Array.isArray(block['elements']) ? block['elements'].filter(isDict) : []
  const max = MAX_ELEMENTS[block.type]
  if (max !== undefined) {
    if (elements.length === 0) invalid(`must provide at least one element ${at}/elements`)
    if (elements.length > max) invalid(`no more than ${max} elements ${at}/elements`)
  }
  const actionIds = new Set<string>()
  for (const element of [...elements, block['accessory'], block['element']].filter(isDict)) {
    const id = element['action_id']
    if (id === undefined) continue
    if (String(id).length > MAX_ID) invalid(`action_id over ${MAX_ID} characters ${at}`)
    if (actionIds.has(String(id))) invalid(`\`action_id\` "${String(id)}" already exists ${at}`)
    actionIds.add(String(id))
    for (const button of buttonsOf(element)) {
      if (button.text.length > MAX_BUTTON_TEXT) invalid(`button text over ${MAX_BUTTON_TEXT} ${at}`)
      if ((button.value ?? '').length > MAX_VALUE) invalid(`button value over ${MAX_VALUE} ${at}`)
    }
  }
}

/** Characters of every text a block shows. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0)
  if (!isDict(value)) return 0
  let length = 0
  for (const [key, item] of Object.entries(value)) {
    if (key === 'text' && typeof item === 'string') length += item.length
    else if (typeof item === 'object') length += textLength(item)
  }
  return length
}

export interface Button {
  actionId: string
  text: string
  value?: string
}

export interface PressableElement {
  block: Block
  element: Dict
}

function labelOf(value: unknown): string {
  if (typeof value === 'string') return value
  return isDict(value) && typeof value['text'] === 'string' ? value['text'] : ''
}

/** The buttons one element shows: one for a button, two for feedback buttons. */
export function buttonsOf(element: Dict): Button[] {
  const actionId = String(element['action_id'] ?? '')
  const button = (from: Dict): Button => {
    const value = from['value']
    return { actionId, text: labelOf(from['text']), ...(value === undefined ? {} : { value: String(value) }) }
  }
  if (element['type'] === 'button' || element['type'] === 'icon_button') return [button(element)]
  if (element['type'] === 'feedback_buttons') {
    return [element['positive_button'], element['negative_button']].filter(isDict).map(button)
  }
  return []
}

export function elementsOf(blocks: Block[]): PressableElement[] {
  return blocks.flatMap((block) => {
    const elements = Array.isArray(block['elements']) ? block['elements'] : []
    return [...elements, block['accessory'], block['element']]
      .filter(isDict)
      .filter((element) => typeof element['action_id'] === 'string')
      .map((element) => ({ block, element }))
  })
}

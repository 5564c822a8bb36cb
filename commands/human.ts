// Asks for a person, by command.
import type { Command } from '../src/core/command.ts'

export const human: Command = {
  name: 'human',
  nameKo: '상담원',
  summary: { ko: '상담원과 연결해 드려요', en: 'Talk to a person' },
  usage: { ko: '', en: '' },
  options: [],
  surfaces: ['slash', 'mention'],
  isTypedWith: (after) => after === '',
  plan: () => ({
    ...{ kind: 'person', queue: 'relay', ack: 'defer-private', text: '' },
    body: { reason: 'command' },
  }),
}

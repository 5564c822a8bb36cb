// The table of every Web API method the fake knows.
import { agentMethods } from './agents.ts'
import { chatMethods } from './chat.ts'
import { streamMethods } from './chat-streams.ts'
import type { Methods } from './context.ts'
import { conversationMethods } from './conversations.ts'
import { peopleMethods } from './people.ts'
import { uploadMethods } from './uploads.ts'
import { viewMethods } from './views.ts'

export const methods: Methods = {
  ...chatMethods,
  ...streamMethods,
  ...conversationMethods,
  ...agentMethods,
  ...viewMethods,
  ...peopleMethods,
  ...uploadMethods,
}

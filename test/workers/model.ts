// A model that says what it is told to, and remembers what it was asked.
import type { Completion, Model, ModelRequest } from '../../src/llm/model.ts'
import { profileFor } from '../../src/llm/profiles.ts'

export interface TestModel extends Model {
  asked: ModelRequest[]
}

/** `answer` gets the request and shows its words as they come. */
export function createTestModel(
  answer: (
    request: ModelRequest,
    onText: (soFar: string) => void,
  ) => Partial<Completion> | Promise<Partial<Completion>>,
  id = 'exaone-4.0-32b',
): TestModel {
  const asked: ModelRequest[] = []
  return {
    id,
    profile: profileFor(id),
    asked,
    info: async () => ({ ok: true, id, maxModelLen: 32_768, rehearsal: false }),
    sees: async () => profileFor(id).vision,
    async answer(request, onText) {
      asked.push(request)
      const made = await answer(request, onText)
      return {
        text: '',
        finishReason: 'stop',
        promptTokens: 10,
        cachedTokens: 0,
        completionTokens: 10,
        ttftMs: 5,
        totalMs: 10,
        flags: [],
        ...made,
      }
    },
  }
}

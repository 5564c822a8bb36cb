// A model that sees no personal data where a workspace wants it so. All that is asked of a model passes here, so that no
// worker can forget it; what comes back has what it stood for again, since whoever reads it may see it.
import { createMasking } from '../text/masking.ts'
import { withAnswer } from './before.ts'
import type { Model, ModelRequest } from './model.ts'

export function createMaskedModel(model: Model, isMasked: (workspace: string) => boolean): Model {
  return withAnswer(model, async (request, onText, onRestart) => {
    if (!isMasked(request.workspace)) return model.answer(request, onText, onRestart)
    const masking = createMasking(request.lang, request.published)
    const show = (soFar: string): void => {
      const shown = masking.restoreGrowing(soFar)
      if (shown !== '') onText(shown)
    }
    const completion = await model.answer(maskedRequest(request, masking.mask), show, onRestart)
    return { ...completion, text: masking.restore(completion.text) }
  })
}

/** From the oldest line on, so that a label means the same for as long as a conversation grows. */
function maskedRequest(request: ModelRequest, mask: (text: string) => string): ModelRequest {
  const history = request.history.map((line) => ({ ...line, text: mask(line.text) }))
  const user = { ...request.user, text: mask(request.user.text) }
  const asked = request.asked === undefined ? {} : { asked: mask(request.asked) }
  const { published: _, ...rest } = request
  return { ...rest, ...asked, system: request.system.map(mask), history, user }
}

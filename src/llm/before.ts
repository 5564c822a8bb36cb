// Stands before a model: all that it is asked passes here, everything else is the model's own.
import type { Model } from './model.ts'

/** The model with another way to answer. What it says of itself is read anew each time, since it may learn it later. */
export function withAnswer(model: Model, answer: Model['answer']): Model {
  return {
    get id() {
      return model.id
    },
    get profile() {
      return model.profile
    },
    info: model.info,
    sees: model.sees,
    answer,
  }
}

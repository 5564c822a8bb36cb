// How translations speak at a place, and how carefully they are looked at.
import type { Settings } from '../src/core/settings.ts'
import type { TranslateRequest } from '../src/translation/model.ts'

export function mannerOf({ tone, strict, address, backcheck }: Settings) {
  return {
    tone,
    isStrict: strict === 'on',
    address,
    isBackChecked: backcheck === 'on',
  } satisfies Partial<TranslateRequest>
}

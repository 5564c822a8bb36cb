// The words of a glossary that stay as they are in every language.
import { TARGET_LANGS } from '../../core/target-lang.ts'
import type { FoundTerm, TermIndex } from './index-terms.ts'

export function keptTermsIn(text: string, terms: TermIndex): FoundTerm[] {
  return terms.find(text, TARGET_LANGS).filter(({ term }) => term.kind === 'keep')
}

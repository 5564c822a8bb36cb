// Forms that are filled in with what is kept: a draft's text, an answer, a proposed article. Asked for at intake, since a
// platform opens a form only at once.

import { REPLY_TOLD } from '../workers/desk/staff-help-words.ts'
import { noAnswerIn } from '../workers/knowledge/set-right.ts'
import { fieldsOf, MAX_FIELD_CHARS } from '../workers/long-form.ts'
import { isOfStaff } from '../workers/staff.ts'
import type { Answers, DraftDecision, KeptAnswer } from './core/answers.ts'
import type { Form, FormField } from './core/content.ts'
import type { FormSubject } from './core/decision.ts'
import type { Both, Lang } from './core/error.ts'
import type { TurnFacts } from './core/facts.ts'
import type { Settings } from './core/settings.ts'
import { FORM, NOT_STAFF, TOLD } from './core/staff-words.ts'
import type { Written } from './core/turn.ts'
import type { Replies } from './desk/model.ts'
import type { FormAsker, NoForm } from './intake.ts'
import type { Proposals } from './knowledge/model.ts'

export interface FormDeps {
  answers: Pick<Answers, 'find' | 'isStaff'>
  proposals: Pick<Proposals, 'find'>
  replies: Pick<Replies, 'find'>
  settingsOf(workspace: string, channel: string): Settings
  mask(text: string, lang: Lang): string
}

type Filled = { id: string; fields: FormField[]; title?: Both } | { refusal: Both; isRefused?: true }
type Fill = (deps: FormDeps, by: FormAsker, id: string, lang: Lang) => Promise<Filled>

export function createForms(deps: FormDeps) {
  return async ({ what, id }: FormSubject, by: FormAsker, lang: Lang): Promise<Form | NoForm> => {
    const filled = await FILLS[what](deps, by, id, lang)
    if ('refusal' in filled) return { ...filled, refusal: filled.refusal[lang] }
    return {
      submit: `${what}:${filled.id}`,
      title: (filled.title ?? FORM[what])[lang],
      fields: filled.fields,
      lang,
    }
  }
}

/** A form's five fields: as many as Discord takes. */
const ARTICLE = ['title', 'questionKo', 'answerKo', 'questionEn', 'answerEn'] as const

const FILLS: Readonly<Record<FormSubject['what'], Fill>> = {
  async draft({ answers }, { workspace }, id, lang) {
    const found = await answers.find(workspace, id)
    const draft = found?.facts['draft'] as Written | undefined
    const decision = found?.facts['decision'] as DraftDecision | undefined
    if (decision || found?.answer != null)
      return {
        refusal: TOLD[decision?.verb === 'drop' ? 'droppedBefore' : 'sentBefore'](decision?.byName ?? ''),
      }
    if (!found || !draft || found.question === '') return { refusal: noneIn(found) }
    return withFields(found.turn, fieldsOf(draft.content.text, FORM.answerField[lang]))
  },
  async answer(deps, by, id, lang) {
    const { staffChannel } = deps.settingsOf(by.workspace, by.place.channel)
    if (!(await isOfStaff(deps.answers, by, staffChannel))) return { refusal: NOT_STAFF, isRefused: true }
    const found = await deps.answers.find(by.workspace, id)
    if (!found || found.answer === null) return { refusal: noAnswerIn(found) }
    return withFields(found.turn, fieldsOf(found.answer, FORM.answerField[lang]))
  },
  async proposal(deps, { workspace }, id, lang) {
    const { proposals } = deps
    if (id.startsWith('turn:')) return newArticle(deps, workspace, id, lang)
    const found = await proposals.find(workspace, id)
    if (!found) return { refusal: TOLD.proposalGone }
    const name = found.decidedByName ?? ''
    if (found.state !== 'proposed')
      return { refusal: TOLD[found.state === 'approved' ? 'approvedBefore' : 'rejectedBefore'](name) }
    const fields = ARTICLE.map(
      (field): FormField => ({
        ...{ id: field, label: FORM[`${field}Field`][lang], value: found[field] },
        ...{ multiline: field !== 'title', required: field === 'title' },
      }),
    )
    const isTooLong = fields.some(({ value = '' }) => value.length > MAX_FIELD_CHARS)
    return withFields(found.id, isTooLong ? null : fields)
  },
  async rating(_deps, _by, id, lang) {
    const field = { id: 'text', label: FORM.ratingField[lang], multiline: true, required: true }
    return { id, fields: [field] }
  },
  async relay({ answers }, { workspace }, id, lang) {
    const found = await answers.find(workspace, id)
    const { relay } = (found?.facts ?? {}) as TurnFacts
    if (!found || !relay || found.question === '') return { refusal: noneIn(found) }
    const shown = relay.decided?.text ?? relay.text ?? found.question
    return withFields(found.turn, fieldsOf(shown, FORM.translationField[lang]))
  },
  async reply({ replies }, { workspace }, id, lang) {
    const found = await replies.find(workspace, id)
    if (!found) return { refusal: REPLY_TOLD.gone }
    if (found.sentByName !== null) return { refusal: TOLD.sentBefore(found.sentByName) }
    return withFields(id, fieldsOf(found.text, FORM.replyField[lang]))
  },
  async reason(_deps, _by, id, lang) {
    const field = { id: 'text', label: FORM.reasonField[lang], multiline: true, required: true }
    return { id, fields: [field] }
  },
}

/** Its message may be pressed a moment before its turn is through. */
function noneIn(found: KeptAnswer | null): Both {
  return found?.isOpen && found.question !== '' ? TOLD.notYet : TOLD.gone
}

/** About a question that nothing answered. */
async function newArticle(
  { answers, mask }: FormDeps,
  workspace: string,
  id: string,
  lang: Lang,
): Promise<Filled> {
  const found = await answers.find(workspace, id.slice('turn:'.length))
  if (!found || found.question === '') return { refusal: TOLD.gone }
  const question = mask(found.question, found.lang ?? 'ko')
    .slice(0, MAX_FIELD_CHARS)
    .toWellFormed()
  const field = { multiline: true, required: true }
  const fields = [
    { ...field, id: 'question', label: FORM.questionField[lang], value: question },
    { ...field, id: 'text', label: FORM.answerField[lang] },
  ]
  return { id, fields, title: FORM.article }
}

function withFields(id: string, fields: FormField[] | null): Filled {
  return fields ? { id, fields } : { refusal: TOLD.tooLong }
}

// What is said around messages that are handed on in another language: to staff in both languages, to customers in theirs.
import type { Both, Lang } from '../../src/core/error.ts'

/** On buttons, which readers of either language may see. */
export const RELAY_BUTTON = {
  original: '원문 보기 · Show original',
  send: '보내기 · Send',
  correct: '번역 고치기 · Correct',
} as const

/** To staff, in their thread. */
export const RELAY = {
  draft: '보내기 전 번역 · Translation, not sent yet',
  sent: '고객님이 보는 번역 · What the customer reads',
  corrected: (name: string): string => `고쳐서 보냈어요 · Sent with changes — ${name}`,
  checked: (name: string): string => `확인하고 보냈어요 · Checked and sent — ${name}`,
  untranslatedDraft:
    '번역하지 못했어요. ‘번역 고치기’로 직접 쓰거나 원문 그대로 보낼 수 있어요 · Not translated: write it yourself under Correct, or send it as it is',
} as const

/** Under what was handed on as it was written. It is put right once the model is back. */
export const UNTRANSLATED =
  '아직 번역하지 못해 원문 그대로 전해 드려요. 번역되면 이 글을 바꿔 둘게요 · Not translated yet: this is the original, and will be replaced by its translation'

/** Behind the name of whoever answers. */
export const BY_STAFF: Readonly<Record<Lang, string>> = { ko: '담당자', en: '(support team)' }

export const RELAY_TOLD = {
  gone: {
    ko: '원문이 지워졌거나 보관 기간이 지났어요.',
    en: 'The original was deleted, or is no longer kept.',
  },
  corrected: {
    ko: '고친 번역을 고객님께 보낼게요.',
    en: 'Your version is on its way to the customer.',
  },
  correctedOnce: {
    ko: '고친 번역을 고객님께 보낼게요. 다만 원문의 링크나 번호, 이름이 그대로 들어 있지 않거나 개인정보가 있어서 기억해 두지는 않았어요. 다음에 같은 글이 오면 다시 번역해요.',
    en: 'Your version is on its way to the customer. It is not remembered, though: a link, number or name of the original is not in it as it was, or it has personal data. The same words will be translated anew next time.',
  },
} as const satisfies Record<string, Both>

// Messages in which a wrong word costs money, rights or health. Narrow on purpose: what is marked is read twice.
import type { TargetLang } from '../core/target-lang.ts'

export type Risk = 'refund' | 'legal' | 'safety'

const RULES: readonly (readonly [Risk, RegExp])[] = [
  [
    'safety',
    /화재|감전|폭발|발화|누출|누전|중독|알레르기|삼[켰키킨]|부풀|화상|다[쳤치칠]|응급|119|리콜|복용|임산부|\b(?:fires?|electric shock|explod\w*|explosion|leak(?:s|ed|ing)?|poison\w*|allerg\w*|swallow\w*|swell\w*|swollen|burn(?:s|ed|t)?|injur\w*|emergency|recall(?:s|ed)?|overheat\w*|pregnan\w*)\b/i,
  ],
  [
    'legal',
    /소송|고소|고발|변호사|약관|계약|위약금|손해\s?배상|법적|법률|소비자원|개인정보|저작권|보증|책임을?\s?(?:지|질|진)|\b(?:lawsuits?|sue[ds]?|lawyers?|attorneys?|legal(?:ly)?|liab\w+|terms of (?:service|use)|contracts?|terminat\w+|warrant\w+|damages|privacy|personal (?:data|information)|copyright|GDPR)\b/i,
  ],
  [
    'refund',
    /환불|환급|보상금|배상|청구\s?취소|결제\s?취소|이중\s?결제|위약|수수료|\b(?:refund\w*|reimburs\w*|chargebacks?|compensat\w*|money back|cancellation fees?|penalt(?:y|ies))\b/i,
  ],
]

/** What it is about; null for what may be read once. Only Korean and English are known. */
export function riskOf(text: string, from: TargetLang | null): Risk | null {
  if (from !== 'ko' && from !== 'en') return null
  return RULES.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

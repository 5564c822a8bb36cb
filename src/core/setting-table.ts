// What each setting and its values are called, and what people may type for them. How that is read: setting-words.ts.
import { PAIRS, type Pair, pairName, pairOf } from './language-pair.ts'
import { type SettingWords, value } from './setting-entry.ts'
import { DESK_SETTING_WORDS } from './setting-table-desk.ts'
import type { SettingName } from './settings.ts'
import { LANG_WORDS } from './target-lang.ts'
import { TONE_WORDS } from './tone.ts'

export const SETTING_WORDS: Readonly<Record<SettingName, SettingWords>> = {
  mode: {
    typed: 'mode',
    name: { ko: '모드', en: 'When I answer' },
    aliases: [],
    values: [
      value('mention', '부를 때만 답하기', 'only when mentioned', '멘션', '부를때', '부를때만', 'mentions'),
      value('every', '새 글마다 답하기', 'every new post', '모두', '전부', '항상', '새글', 'all', 'always'),
      value(
        'draft',
        '담당자가 확인한 뒤 답하기',
        'after our team has checked the draft',
        '초안',
        '검토',
        '확인후',
        'drafts',
        'review',
      ),
      value('off', '답하지 않기', 'never', '끔', '끄기', '꺼', '중지', 'none'),
    ],
  },
  answers: {
    typed: 'answers',
    name: { ko: '답변 위치', en: 'Where I answer' },
    aliases: ['답변', '위치', 'answer', 'place'],
    values: [
      value('thread', '스레드에 답하기', 'in a thread', '스레드', '쓰레드', 'threads'),
      value(
        'here',
        '채널에 바로 답하기',
        'in the channel',
        '여기',
        '채널',
        '바로',
        '제자리',
        'channel',
        'inplace',
      ),
    ],
  },
  language: {
    typed: 'language',
    name: { ko: '언어', en: 'Language' },
    aliases: ['lang'],
    values: [
      value('auto', '질문과 같은 언어', 'same as the question', '자동', '같은언어', 'automatic'),
      value('ko', '한국어', 'Korean', '한국어', '한글', 'korean', 'kr'),
      value('en', '영어', 'English', '영어', 'english'),
    ],
  },
  label: {
    typed: 'label',
    name: { ko: 'AI 표시', en: 'AI label' },
    aliases: ['표시', '라벨'],
    values: [
      value('every', '답변마다', 'under every answer', '항상', '매번', '모두', 'always'),
      value('first', '첫 답변에만', 'under the first answer', '처음', '처음만', '첫답변', 'once'),
      value('off', '표시하지 않기', 'none', '끔', '끄기', '없음'),
    ],
  },
  who: {
    typed: 'who',
    name: { ko: '사용 대상', en: 'Who may use me' },
    aliases: ['대상', '사용자', '누가'],
    values: [
      value('everyone', '누구나', 'everyone', '모두', '전체', 'all', 'anyone'),
      value('members', '정식 멤버만', 'full members only', '멤버', '멤버만', 'member'),
      value('admins', '관리자만', 'admins only', '관리자', 'admin'),
    ],
  },
  bots: {
    typed: 'bots',
    name: { ko: '다른 봇', en: 'Other bots' },
    aliases: ['봇', 'bot'],
    values: [
      value('ignore', '답하지 않기', 'never answered', '무시', 'off', '끔'),
      value('answer', '저를 부르면 답하기', 'answered when they mention me', '답변', '답하기', 'on', '켬'),
    ],
  },
  shared: {
    typed: 'shared',
    name: { ko: '외부 공유 채널', en: 'Channels shared with other organisations' },
    aliases: ['공유', '공유채널', '외부', 'connect'],
    values: [
      value('off', '답하지 않기', 'I stay quiet', '끔', '끄기', '안함', 'no'),
      value('on', '답하기', 'I answer', '켬', '켜기', '허용', 'yes', 'allow'),
    ],
  },
  staffChannel: {
    typed: 'staff',
    name: { ko: '상담 채널', en: 'Channel that hears of requests for a person' },
    aliases: ['staffchannel', 'staff-channel', '상담원채널', '상담'],
    values: [],
  },
  collections: {
    typed: 'collections',
    name: { ko: '지식 모음', en: 'Knowledge I answer from' },
    aliases: ['collection', 'knowledge', 'kb', '모음', '지식', '자료'],
    values: [],
  },
  flags: {
    typed: 'flags',
    name: { ko: '국기 번역', en: 'Translate a message that gets a flag' },
    aliases: ['flag', '국기', '국기반응'],
    values: [
      value('on', '번역하기', 'translate it', '켬', '켜기', '번역', 'yes'),
      value('off', '번역하지 않기', 'leave it', '끔', '끄기', '안함', 'no'),
    ],
  },
  tone: {
    typed: 'tone',
    name: { ko: '번역 말투', en: 'Tone of Korean translations' },
    aliases: ['말투', '어투'],
    values: [
      value('polite', TONE_WORDS.polite.ko, 'polite (해요)', '부드럽게', '해요', '해요체'),
      value('formal', TONE_WORDS.formal.ko, 'formal (합니다)', '격식', '격식있게', '합니다', '합니다체'),
      value('casual', TONE_WORDS.casual.ko, 'casual (해)', '편하게', '반말', 'informal'),
    ],
  },
  auto: {
    typed: 'auto',
    name: { ko: '자동 번역', en: 'Translate every message' },
    aliases: ['자동', 'autotranslate', 'autotranslation'],
    values: [
      value('off', '번역하지 않기', 'leave them', '끔', '끄기', '안함', 'no', 'none'),
      ...PAIRS.map((name) => pairValue(name, pairOf(name)!)),
    ],
  },
  ...DESK_SETTING_WORDS,
  strict: {
    typed: 'strict',
    name: { ko: '말투 통일', en: 'One speech level in Korean translations' },
    aliases: ['통일', '엄격'],
    values: [
      value('off', '합니다와 해요를 섞어 쓰기', '합니다 and 해요 may mix', '끔', '끄기', '섞기', 'no'),
      value('on', '한 가지 말투만 쓰기', 'only one of them', '켬', '켜기', '통일', 'yes'),
    ],
  },
  address: {
    typed: 'address',
    name: { ko: '호칭', en: 'What Korean translations call the reader' },
    aliases: ['부르는말'],
    values: [
      value('customer', '고객님', '고객님 (customer)', '고객'),
      value('name', '이름에 ‘님’을 붙여서', 'by name (민지님)', '이름', '이름님'),
      value('member', '회원님', '회원님 (member)', '회원'),
      value('none', '부르지 않기', 'nothing', '없음', '안함', 'off'),
    ],
  },
  backcheck: {
    typed: 'backcheck',
    name: { ko: '역번역 확인', en: 'Translate back what is about refunds, law or safety' },
    aliases: ['역번역', '되번역', 'back'],
    values: [
      value('off', '하지 않기', 'no', '끔', '끄기', '안함'),
      value('on', '역번역을 함께 보여 주기', 'yes, and show it', '켬', '켜기', 'yes'),
    ],
  },
  mask: {
    typed: 'mask',
    name: { ko: '개인정보 가리기', en: 'Hide personal data from the model' },
    aliases: ['개인정보', '가리기', '마스킹', 'masking', 'privacy'],
    values: [
      value('off', '가리지 않기', 'no', '끔', '끄기', '안함'),
      value('on', '언어 모델에는 가리고 보내기', 'yes', '켬', '켜기', '가리기', 'yes'),
    ],
  },
}

/** Either way round, or by the first syllables of its languages: 한영. */
function pairValue(name: string, pair: Pair) {
  const [one, other] = pair
  const both = LANG_WORDS[one].name.ko.slice(0, 1) + LANG_WORDS[other].name.ko.slice(0, 1)
  const usual = name === 'ko-en' ? ['on', '켬', '켜기', 'yes'] : []
  return value(name, pairName(pair, 'ko'), pairName(pair, 'en'), `${other}-${one}`, both, ...usual)
}

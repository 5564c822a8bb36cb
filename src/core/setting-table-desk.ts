// Settings of the people's desk, as people read and type them.
import { type SettingWords, value } from './setting-entry.ts'
import { LANG_WORDS, TARGET_LANGS } from './target-lang.ts'

export const DESK_SETTING_WORDS = {
  staffGroup: {
    typed: 'staffgroup',
    name: { ko: '상담 그룹', en: 'Group or role whose members are staff too' },
    aliases: ['상담원그룹', '상담역할', 'staffrole', 'role', '역할'],
    values: [],
  },
  solvedTag: {
    typed: 'solvedtag',
    name: { ko: '해결 태그', en: 'Forum tag for what is solved' },
    aliases: ['해결됨태그', 'solved'],
    values: [],
  },
  archive: {
    typed: 'archive',
    name: { ko: '해결된 글', en: 'Forum posts that are solved' },
    aliases: ['보관', '닫기'],
    values: [
      value('off', '열어 두기', 'stay open', '끔', '끄기', '열어두기', 'no'),
      value('on', '보관하기', 'are archived', '켬', '켜기', '보관', 'yes'),
    ],
  },
  hours: {
    typed: 'hours',
    name: { ko: '상담 시간', en: 'When people are there' },
    aliases: ['시간', '운영시간', '업무시간', 'openinghours', 'businesshours'],
    values: [],
  },
  timezone: {
    typed: 'timezone',
    name: { ko: '시간대', en: 'Time zone of those hours' },
    aliases: ['zone', 'tz', '타임존'],
    values: [],
  },
  holidays: {
    typed: 'holidays',
    name: { ko: '공휴일', en: 'Public holidays' },
    aliases: ['holiday', '휴일'],
    values: [
      value('kr', '한국 공휴일에 쉬기', 'closed on Korean public holidays', '한국', 'korea', 'on', '켬'),
      value(
        'kr-labour',
        '한국 공휴일과 노동절에 쉬기',
        'closed on Korean public holidays and Labour Day',
        '노동절',
        '근로자의날',
        'labour',
        'labor',
      ),
      value('none', '쉬지 않기', 'open on holidays', '없음', '끔', 'off'),
    ],
  },
  closed: {
    typed: 'closed',
    name: { ko: '휴무일', en: 'Other days off' },
    aliases: ['휴무', '쉬는날', '임시공휴일', 'closeddays', 'daysoff'],
    values: [],
  },
  sla: {
    typed: 'sla',
    name: { ko: '응답 목표', en: 'Reply and resolution targets' },
    aliases: ['목표', '목표시간', 'targets', 'target'],
    values: [],
  },
  autoclose: {
    typed: 'autoclose',
    name: { ko: '고객 답변이 없을 때', en: 'When the customer does not reply' },
    aliases: ['자동종료', '자동마감', 'auto-close', 'stale'],
    values: [
      value(
        '3',
        '3일 뒤 알리고, 3일 더 지나면 마무리',
        'remind after 3 days, end 3 days later',
        '3일',
        '3d',
        '3days',
      ),
      value(
        '7',
        '7일 뒤 알리고, 7일 더 지나면 마무리',
        'remind after 7 days, end 7 days later',
        '7일',
        '7d',
        '7days',
        'on',
        '켬',
      ),
      value(
        '14',
        '14일 뒤 알리고, 14일 더 지나면 마무리',
        'remind after 14 days, end 14 days later',
        '14일',
        '14d',
        '14days',
      ),
      value('off', '그대로 두기', 'leave it', '끔', '끄기', '없음', 'none'),
    ],
  },
  retention: {
    typed: 'retention',
    name: { ko: '보관 기간', en: 'How long conversations are kept' },
    aliases: ['보관기간', '보존기간', '보존', 'keep'],
    values: [],
  },
  staffLang: {
    typed: 'stafflanguage',
    name: { ko: '상담 언어', en: 'Language of our team' },
    aliases: ['stafflang', '상담원언어', '담당자언어', '팀언어'],
    values: [
      ...TARGET_LANGS.map((lang) => {
        const { name, aliases } = LANG_WORDS[lang]
        return value(lang, name.ko, name.en, ...aliases)
      }),
      value('off', '번역하지 않고 그대로 전하기', 'handed on untranslated', '끔', '끄기', '번역안함', 'none'),
    ],
  },
  hold: {
    typed: 'hold',
    name: { ko: '번역 확인', en: 'Check translations before they go to the customer' },
    aliases: ['확인', '보내기전확인', '번역확인후전송'],
    values: [
      value('off', '바로 보내기', 'send at once', '끔', '끄기', '바로', 'no'),
      value('on', '확인한 뒤 보내기', 'after our team has seen them', '켬', '켜기', '확인후', 'yes'),
    ],
  },
  staffName: {
    typed: 'staffname',
    name: { ko: '상담원 이름', en: 'Name that customers see' },
    aliases: ['상담이름', '담당자이름', '팀이름', 'teamname'],
    values: [],
  },
  person: {
    typed: 'person',
    name: { ko: '바로 담당자를 부를 말', en: 'Words that call a person at once' },
    aliases: ['키워드', '사람', '상담원', '담당자', 'keywords', 'keyword'],
    values: [],
  },
  topics: {
    typed: 'topics',
    name: { ko: '담당자가 맡을 주제', en: 'Topics that go to a person' },
    aliases: ['주제', 'topic'],
    values: [],
  },
  lead: {
    typed: 'lead',
    name: { ko: '책임자', en: 'Who gets difficult cases' },
    aliases: ['팀장', '리드', '관리책임자', 'leader'],
    values: [],
  },
} as const satisfies Record<string, SettingWords>

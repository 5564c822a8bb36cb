// What is said while a message and its files are put into the knowledge base.
import type { Lang } from '../../src/core/error.ts'
import type { Platform } from '../../src/core/inbound.ts'
import type { ImportReport, Visibility } from '../../src/knowledge/model.ts'

type Counts = Pick<ImportReport, 'collection' | 'added' | 'changed' | 'unchanged'>

/** Who will be answered from what is imported. */
export interface Home {
  /** '' = the whole workspace. */
  audience: string
  visibility: Visibility
}

interface Words {
  refused: string
  /** The menu is called otherwise on each platform. */
  nothing: Record<Platform, string>
  reading(total: number): string
  progress(done: number, total: number): string
  done(counts: Counts, home: Home): string
  none: string
  failed(count: number): string
  more(count: number): string
  stopped: string
}

const ko: Words = {
  refused: '지식에 추가하는 일은 관리자만 할 수 있어요.',
  nothing: {
    slack:
      '추가할 글이나 파일이 없어요. 파일을 함께 올려 주시거나, 메시지 메뉴에서 ‘Add to knowledge · 지식 추가’를 골라 주세요.',
    discord:
      '추가할 글이나 파일이 없어요. 파일을 함께 올려 주시거나, 메시지 메뉴의 ‘앱’에서 ‘지식에 추가’를 골라 주세요.',
  },
  reading: (total) => (total === 1 ? '읽고 있어요…' : `${total}개를 읽고 있어요…`),
  progress: (done, total) => `${total}개 중 ${done}개를 읽었어요…`,
  done: ({ collection, added, changed, unchanged }, { audience, visibility }) => {
    const counts = [
      added > 0 ? `새로 넣은 것 ${added}개` : '',
      changed > 0 ? `바뀐 것 ${changed}개` : '',
      unchanged > 0 ? `전과 같은 것 ${unchanged}개` : '',
    ].filter(Boolean)
    const where =
      visibility === 'public'
        ? `이제 이 ${audience === '' ? '워크스페이스' : '채널'}의 답변에 쓰여요.`
        : '비공개라서 DM, 나만 보는 답변, 상담 채널의 답변에만 쓰여요.'
    return `지식 ‘${collection}’에 추가했어요(${counts.join(', ')}). ${where}`
  },
  none: '지식에 추가하지 못했어요.',
  failed: (count) => `읽지 못한 파일이 ${count}개 있어요.`,
  more: (count) => `이 밖에 ${count}개`,
  stopped: '여기까지만 읽고 멈췄어요. 그전에 읽은 것은 지식에 들어 있어요.',
}

const en: Words = {
  refused: 'Only admins can add to the knowledge base.',
  nothing: {
    slack:
      'There is no text and no file to add. Attach files, or choose “Add to knowledge · 지식 추가” in the menu of a message.',
    discord:
      'There is no text and no file to add. Attach files, or choose “Apps”, then “Add to knowledge” in the menu of a message.',
  },
  reading: (total) => (total === 1 ? 'Reading it…' : `Reading ${total} items…`),
  progress: (done, total) => `${done} of ${total} read…`,
  done: ({ collection, added, changed, unchanged }, { audience, visibility }) => {
    const counts = [
      added > 0 ? `${added} new` : '',
      changed > 0 ? `${changed} changed` : '',
      unchanged > 0 ? `${unchanged} as before` : '',
    ].filter(Boolean)
    const where =
      visibility === 'public'
        ? `Answers in this ${audience === '' ? 'workspace' : 'channel'} can use it from now on.`
        : 'It is private: only direct messages, answers that one person sees and the staff channel use it.'
    return `Added to the knowledge base “${collection}” (${counts.join(', ')}). ${where}`
  },
  none: 'Nothing was added to the knowledge base.',
  failed: (count) => (count === 1 ? 'One file could not be read.' : `${count} files could not be read.`),
  more: (count) => `${count} more`,
  stopped: 'I stopped there. What I had read before is in the knowledge base.',
}

export const SAY: Readonly<Record<Lang, Words>> = { ko, en }

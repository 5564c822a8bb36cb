// The made-up shop's help site: what the bot's answers are based on, and where their sources lead.
import { h } from './dom.js'
import { markdown } from './markdown.js'

const SITE = { ko: '달고개 도움말', en: 'Dalgogae Help' }
const MADE_UP = {
  ko: '지어낸 가게의 도움말이에요. 놀이터의 봇은 이 글들을 읽고 답해요.',
  en: 'The help pages of a made-up shop. The bot of the playground answers from them.',
}
const MISSING = { ko: '그런 글이 없어요.', en: 'There is no such page.' }

const [, , lang = 'ko', name = ''] = location.pathname.split('/')
const known = lang === 'en' ? 'en' : 'ko'
document.documentElement.lang = known

const link = (to, text, isOn) => h('a', { href: `help/${to}`, class: isOn ? 'on' : '' }, text)

async function load(path) {
  const response = await fetch(`/articles/${path}`)
  return response.ok ? response.json() : null
}

const all = await load('')
const article = name === '' ? null : await load(`${known}/${name}`)
const listed = all.filter((one) => one.lang === known)
const shown = article
  ? markdown(article.markdown, 'slack', (id) => id)
  : h('p', {}, name === '' ? MADE_UP[known] : MISSING[known])
document.title = article ? `${article.title} — ${SITE[known]}` : SITE[known]
document
  .getElementById('help')
  .append(
    h(
      'nav',
      {},
      h('b', {}, link(known, SITE[known])),
      ...listed.map((one) => link(`${known}/${one.name}`, one.title, one.name === name)),
      link(known === 'ko' ? 'en' : 'ko', known === 'ko' ? 'English' : '한국어'),
    ),
    h('article', { class: 'text' }, shown, h('p', { class: 'small' }, article ? MADE_UP[known] : '')),
  )

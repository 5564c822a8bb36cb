// English conversations of threads.ts.
import { bot, type Conversation, channel, dm, others, post, soon, thread } from './conversation.ts'

export const ENGLISH: Conversation[] = [
  {
    name: 'a mention is answered and the asker goes on without one',
    lang: 'en',
    platform: 'discord',
    turns: [
      channel('jisu', 'When will my order arrive?', 'answer', bot),
      thread('jisu', 'Does that include weekends?', 'answer'),
    ],
  },
  {
    name: 'talk between people stays between people',
    lang: 'en',
    platform: 'discord',
    turns: [channel('jisu', 'Is anyone up for lunch?', 'silent'), channel('minho', 'ok', 'silent')],
  },
  {
    name: 'thanks get a reaction at most, with a mention or without',
    lang: 'en',
    platform: 'slack',
    turns: [
      channel('jisu', 'How do I get a refund?', 'answer', bot),
      thread('jisu', 'thanks!', 'react'),
      thread('jisu', 'thank you so much', 'react', bot),
    ],
  },
  {
    name: 'a colleague who steps in takes over until it is mentioned again',
    lang: 'en',
    platform: 'discord',
    turns: [
      channel('jisu', 'My coupon does not work', 'answer', bot),
      thread('minho', 'Let me check that for you', 'silent'),
      thread('jisu', 'How long will it take?', 'silent'),
      thread('jisu', 'Can I use another one meanwhile?', 'answer', bot),
      thread('jisu', 'Until when is it valid?', 'answer'),
    ],
  },
  {
    name: 'someone else in the thread is answered when they mention it',
    lang: 'en',
    platform: 'discord',
    turns: [
      channel('jisu', 'How do I reset my password?', 'answer', bot),
      thread('minho', 'And how do I change my email?', 'answer', bot),
      thread('jisu', 'What about mine?', 'silent'),
    ],
  },
  {
    name: 'a question to somebody else in the thread is left to them',
    lang: 'en',
    platform: 'discord',
    turns: [
      channel('jisu', 'Can I get my receipt again?', 'answer', bot),
      thread('jisu', 'could you have a look?', 'silent', others),
    ],
  },
  {
    name: 'one question sent in four messages gets one answer',
    lang: 'en',
    platform: 'discord',
    turns: [
      channel('jisu', 'hi', 'answer', bot),
      channel('jisu', 'quick question', 'joins', soon),
      channel('jisu', 'so I ordered a lamp and', 'joins', soon),
      channel('jisu', 'it never arrived', 'joins', soon),
    ],
  },
  {
    name: 'a forum post that names a colleague is still a question',
    lang: 'en',
    platform: 'discord',
    turns: [
      post('jisu', 'Login fails\nI get error 500 since yesterday', 'answer', others),
      post('jisu', 'thx', 'react'),
      post('jisu', 'Is there a workaround?', 'answer'),
    ],
  },
  {
    name: 'a forum in a channel that is off stays quiet',
    lang: 'en',
    platform: 'discord',
    settings: { mode: 'off' },
    turns: [post('jisu', 'Login fails\nSince yesterday', 'silent'), post('jisu', 'Anyone?', 'silent')],
  },
  {
    name: 'answers given in place are followed up by replying to them',
    lang: 'en',
    platform: 'discord',
    settings: { answers: 'here' },
    turns: [
      channel('jisu', 'What are your opening hours?', 'answer', bot),
      channel('jisu', 'And on Sundays?', 'answer', { replyTo: 'bot' }),
      channel('jisu', 'thanks', 'react', { replyTo: 'bot' }),
      channel('jisu', 'See you at the meeting', 'silent', { replyTo: 'others' }),
    ],
  },
  {
    name: 'a reply by somebody else to its answer is not for it',
    lang: 'en',
    platform: 'discord',
    settings: { answers: 'here' },
    turns: [
      channel('jisu', 'What are your opening hours?', 'answer', bot),
      channel('minho', 'We close early today', 'silent', { replyTo: 'bot' }),
      channel('jisu', 'And on Sundays?', 'silent', { replyTo: 'bot' }),
    ],
  },
  {
    name: 'a direct message is always for it',
    lang: 'en',
    platform: 'slack',
    turns: [
      dm('jisu', 'I forgot my password', 'answer'),
      dm('jisu', '👍', 'silent'),
      dm('jisu', 'Does it also work on my phone?', 'answer'),
    ],
  },
  {
    name: 'another bot is not answered, even when it mentions it',
    lang: 'en',
    platform: 'slack',
    turns: [
      channel('deploybot', 'Deploy finished, what changed?', 'silent', bot),
      channel('deploybot', 'Deploy finished', 'silent'),
    ],
  },
  {
    name: 'another bot is answered where that is allowed, but only when it mentions it',
    lang: 'en',
    platform: 'slack',
    settings: { bots: 'answer', mode: 'every' },
    turns: [
      channel('deploybot', 'What changed in release 4?', 'answer', bot),
      thread('deploybot', 'What else?', 'silent'),
      channel('deploybot', 'Deploy finished', 'silent'),
      thread('deploybot', 'thanks', 'silent', bot),
    ],
  },
  {
    name: 'a bot that posts in the thread is no person and does not interrupt',
    lang: 'en',
    platform: 'slack',
    turns: [
      channel('jisu', 'What is the status of order 17?', 'answer', bot),
      thread('deploybot', 'Order 17 was updated', 'silent'),
      thread('jisu', 'What does that mean?', 'answer'),
    ],
  },
  {
    name: 'guests are answered like members',
    lang: 'en',
    platform: 'slack',
    turns: [
      channel('guest', 'Where do I find the invoice?', 'answer', bot),
      thread('guest', 'As a PDF too?', 'answer'),
    ],
  },
  {
    name: 'where only members may use it, a guest is told so',
    lang: 'en',
    platform: 'slack',
    settings: { who: 'members' },
    turns: [
      channel('guest', 'Where do I find the invoice?', 'notice', bot),
      channel('jisu', 'Where do I find the invoice?', 'answer', bot),
    ],
  },
  {
    name: 'where only admins may use it, others are told so but can be forgotten',
    lang: 'en',
    platform: 'discord',
    settings: { who: 'admins' },
    turns: [
      channel('jisu', 'Where do I find the invoice?', 'notice', bot),
      channel('jisu', 'forget me', 'notice', bot),
      channel('boss', 'Where do I find the invoice?', 'answer', bot),
    ],
  },
  {
    name: 'someone who may not use it still interrupts a thread',
    lang: 'en',
    platform: 'slack',
    settings: { who: 'admins' },
    turns: [
      channel('boss', 'What is our refund policy?', 'answer', bot),
      thread('jisu', 'It changed last week', 'silent'),
      thread('boss', 'Since when exactly?', 'silent'),
    ],
  },
  {
    name: 'a shared channel is quiet until someone allows it; a member is told how',
    lang: 'en',
    platform: 'slack',
    shared: true,
    turns: [
      channel('partner', 'When does it ship?', 'silent', bot),
      channel('jisu', 'When does it ship?', 'notice', bot),
      channel('boss', 'When does it ship?', 'notice', bot),
      channel('boss', 'settings shared on', 'notice', bot),
    ],
  },
  {
    name: 'a shared channel that allows it answers the other organisation by plain message',
    lang: 'en',
    platform: 'slack',
    shared: true,
    settings: { shared: 'on' },
    turns: [
      channel('partner', 'When does it ship?', 'answer', bot),
      thread('partner', 'To Busan as well?', 'answer'),
      thread('partner', 'can I talk to a person please', 'notice'),
    ],
  },
  {
    name: 'help alone is the command, help with something is a question',
    lang: 'en',
    platform: 'slack',
    turns: [
      channel('jisu', 'help', 'notice', bot),
      channel('jisu', 'Help me with my order', 'answer', bot),
      dm('jisu', 'settings are gone after the update', 'answer'),
      dm('jisu', 'settings', 'notice'),
    ],
  },
  {
    name: 'a message with nothing in it is nothing',
    lang: 'en',
    platform: 'discord',
    turns: [dm('jisu', '  ', 'silent'), channel('jisu', '', 'silent')],
  },
  {
    name: 'an unmentioned yes right after a question adds nothing to it',
    lang: 'en',
    platform: 'slack',
    turns: [channel('jisu', 'hello', 'answer', bot), channel('jisu', 'ok', 'silent', soon)],
  },
]

// The model's Markdown as Slack's markdown_text takes it: no mention can ping, emphasis closes beside Hangul.
import { closeForCommonMark, safePrefix } from '../text/markdown.ts'
import { neutralize } from '../text/mentions.ts'

/** A growing text's part that can be shown now; one call's result is nearly always a prefix of the next one's. */
export function toGrowingMarkdown(text: string): string {
  return closeForCommonMark(neutralize(safePrefix(text), 'slack'))
}

export function toFinalMarkdown(text: string): string {
  return closeForCommonMark(neutralize(text, 'slack'))
}

/** For `text`, which Slack shows in notifications and reads as mrkdwn: with these three escaped nothing in it pings. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

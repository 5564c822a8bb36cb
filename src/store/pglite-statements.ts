// Statements that come again are parsed and planned once: in the embedded database that is about half of what a short one
// costs. Its clients share one session, so a name that one of them prepares would be taken for all; they name none, and
// the names are given here.
import { message, parsedText } from './postgres-message.ts'

/** More than there are in use; each takes some ten kilobytes. */
const MOST = 300
/** What changes a table would break the plans that have been made of it. */
const CHANGES_TABLES = /\b(create|alter|drop|deallocate|discard)\b/i

export interface Asked {
  messages: Buffer[]
  /** Takes what came back: a statement is prepared from the first time that the server has understood it. */
  answered(answer: readonly Buffer[]): void
}

export class PreparedStatements {
  /** Names by text and types; null = asked once. */
  #names = new Map<string, string | null>()
  #count = 0

  /** `messages`: one exchange, up to what asks for an answer. */
  ask(messages: readonly Buffer[]): Asked {
    const [first] = messages
    if (first?.[0] === QUERY && CHANGES_TABLES.test(first.toString('utf8', 5)))
      return this.#forgetting(messages)
    const parses = messages.filter((one) => one[0] === PARSE)
    const [parse] = parses
    // An unnamed statement, bound and carried out at once, as pg does it.
    if (parses.length !== 1 || parse?.[5] !== 0 || CHANGES_TABLES.test(parsedText(parse)))
      return plainly(messages)
    const key = parse.toString('latin1', 6)
    const known = this.#names.get(key)
    if (known) {
      const rest = messages.filter((one) => one !== parse)
      return plainly(rest.map((one) => naming(one, known)))
    }
    if (known === undefined) {
      if (this.#names.size < MOST) this.#names.set(key, null)
      return plainly(messages)
    }
    const name = `damso_${this.#count++}`
    const named = message('P', Buffer.concat([Buffer.from(name), parse.subarray(5)]))
    return {
      messages: messages.map((one) => (one === parse ? named : naming(one, name))),
      answered: (answer) => {
        if (answer.some((one) => one[0] === PARSE_COMPLETE)) this.#names.set(key, name)
      },
    }
  }

  #forgetting(messages: readonly Buffer[]): Asked {
    this.#names = new Map()
    return plainly(messages)
  }
}

const QUERY = 0x51
const PARSE = 0x50
const BIND = 0x42
const DESCRIBE = 0x44
const STATEMENT = 0x53
const PARSE_COMPLETE = 0x31

function plainly(messages: readonly Buffer[]): Asked {
  return { messages: [...messages], answered: () => undefined }
}

/** The unnamed statement of a Bind (portal, NUL, statement, NUL, …) or Describe gets its name. */
function naming(one: Buffer, name: string): Buffer {
  const at = one[0] === BIND ? one.indexOf(0, 5) + 1 : one[0] === DESCRIBE && one[5] === STATEMENT ? 6 : -1
  if (at < 0 || one[at] !== 0) return one
  const type = String.fromCharCode(one[0] as number)
  return message(type, Buffer.concat([one.subarray(5, at), Buffer.from(name), one.subarray(at)]))
}

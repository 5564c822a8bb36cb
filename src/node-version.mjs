// Loaded before everything (node --import): on an older Node one line instead of a syntax error.
import './compile-cache.mjs'

const needed = 24
const found = Number(process.versions.node.split('.')[0])
if (found < needed) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: version ${needed} or newer is needed. Run "npm ci" here (it brings Node ${needed} for npm scripts), or install it from https://nodejs.org\n`,
  )
  process.exit(1)
}

// The process that draws: SVGs as a JSON list on standard input, PNGs in base64 as a JSON list on standard output.
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'

const FONT = fileURLToPath(new URL('./font/charts.ttf', import.meta.url))
/** Chats show pictures on screens with two pixels for each. */
const SCALE = 2

const svgs = JSON.parse(await text(process.stdin)) as string[]
const pictures = svgs.map((svg) => {
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'Damso Charts' },
  })
  return resvg.render().asPng().toString('base64')
})
process.stdout.write(JSON.stringify(pictures))

// Run by npm after an installation: makes what the first start would otherwise have to make. If something fails here,
// that start takes some seconds longer, and nothing else happens.
import './compile-cache.mjs'

const { keepTemplate } = await import('./store/pglite-engine.ts')
await keepTemplate()
// To load the code is to compile it for the starts to come.
await import('./serve.ts')
await import('./slack/outbound.ts')
await import('./slack/gateway.ts')
await import('./discord/outbound.ts')
await import('./discord/gateway.ts')

// Properties are tried on other examples each time by hand, and on the same ones where a run decides whether a change
// lands: what they find there must come from the change.
import fc from 'fast-check'

if (process.env['CI']) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_129 })

// Loaded before each test file. A bot does without optimised machine code for its embedded database: that takes seconds to
// make (src/store/pglite-engine.ts). A process of tests, in which many databases share it, asks more than
// enough to be quicker with it.
import { syncBuiltinESMExports } from 'node:module'
import v8 from 'node:v8'

v8.setFlagsFromString = () => undefined
syncBuiltinESMExports()

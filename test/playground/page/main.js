// Puts the page together.
import { createControls } from './controls.js'
import { createPane } from './pane.js'
import { createStore } from './store.js'

const at = (id) => document.getElementById(id)
const store = createStore()
document.documentElement.lang = store.state.lang
createControls(store, at('top'), at('model'))
for (const platform of ['slack', 'discord']) createPane(store, platform, at(platform))

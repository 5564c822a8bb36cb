// Making elements, and changing only those children that differ. Text is always text: nothing is parsed as HTML.

/** `on…` are listeners, `class` and data-/aria- attributes as in HTML, booleans set or leave out. */
export function h(tag, props, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === false || value === null || value === undefined) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'value' || name === 'checked' || name === 'selected') element[name] = value
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  )
  return element
}

/** Makes `parent` have exactly these elements in this order, touching only what is out of place; null is nothing. */
export function sync(parent, elements) {
  const children = elements.filter(Boolean)
  const wanted = new Set(children)
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove()
  children.forEach((child, index) => {
    const there = parent.childNodes[index] ?? null
    if (there !== child) parent.insertBefore(child, there)
  })
}

/** Elements kept by key, and made anew only when what they show has changed. */
export function createCache() {
  const kept = new Map()
  return {
    get(key, shows, make) {
      const known = kept.get(key)
      if (known && known.shows === shows) return known.element
      const element = make(known?.element)
      kept.set(key, { shows, element })
      return element
    },
  }
}

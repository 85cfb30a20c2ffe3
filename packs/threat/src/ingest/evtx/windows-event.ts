import type { Scalar, Value } from './read-value.ts'
import type { XmlNode } from './xml-node.ts'

/** JSON of an event, of an element, or of a value. */
export type Json = Scalar | readonly Json[] | { readonly [name: string]: Json }
type Fields = Record<string, Json>

const NAMELESS = 'Data'

/**
 * The event as `{Event: {System, EventData | UserData}}`, the form of mapping/windows-evtx.yml: values under their names,
 * attributes beside them; `Data` elements under their `Name`, nameless ones as list `Data`; what `UserData` wraps without
 * its wrapper.
 */
export function windowsEvent(event: XmlNode): Json {
  const parts = newFields()
  for (const child of event.children) {
    if (child.name === 'EventData') addEventData(parts, child)
    else if (child.name === 'UserData')
      add(parts, child.name, fieldsOf(child.children.flatMap(({ children }) => children)))
    else addNode(parts, child)
  }
  const whole = newFields()
  whole[event.name] = parts
  return whole
}

/** Names come from the file, so an object must not have any of its own. */
const newFields = (): Fields => Object.create(null) as Fields

function addEventData(parts: Fields, data: XmlNode): void {
  const fields = newFields()
  for (const child of data.children) {
    const name = child.attributes.get('Name')
    if (child.name !== NAMELESS || name === undefined) addNode(fields, child)
    else add(fields, String(name), child.children.length > 0 ? fieldsOf(child.children) : (child.value ?? ''))
  }
  add(parts, data.name, fields)
  addAttributes(parts, data, `${data.name}_`)
}

function fieldsOf(nodes: readonly XmlNode[]): Fields {
  const fields = newFields()
  for (const node of nodes) addNode(fields, node)
  return fields
}

/** An element with both value and attributes (`EventID` with `Qualifiers`) has these beside it: `EventID_Qualifiers`. */
function addNode(fields: Fields, node: XmlNode): void {
  const hasBoth = node.value !== undefined && node.children.length === 0
  add(fields, node.name, jsonOf(node))
  if (hasBoth) addAttributes(fields, node, `${node.name}_`)
}

function jsonOf(node: XmlNode): Json {
  if (node.children.length === 0 && (node.value !== undefined || node.attributes.size === 0)) return node.value ?? ''
  const fields = fieldsOf(node.children)
  addAttributes(fields, node, '')
  return fields
}

function addAttributes(fields: Fields, { attributes }: XmlNode, prefix: string): void {
  for (const [name, value] of attributes) if (!name.startsWith('xmlns')) add(fields, prefix + name, value)
}

/** A name that comes again makes a list. */
function add(fields: Fields, name: string, value: Json | Value): void {
  const before = fields[name]
  if (before === undefined) fields[name] = value
  else fields[name] = [...(Array.isArray(before) ? before : [before]), ...(Array.isArray(value) ? value : [value])]
}

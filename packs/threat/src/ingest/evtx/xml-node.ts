import type { Content, Element } from './binary-xml.ts'
import type { BinaryXmlReader } from './binary-xml-reader.ts'
import type { Budget } from './budget.ts'
import { readValue, type Value, type ValueSpan } from './read-value.ts'
import { BINARY_XML } from './value-types.ts'

/** An element with its values filled in. */
export interface XmlNode {
  readonly name: string
  readonly attributes: ReadonlyMap<string, Value>
  readonly children: readonly XmlNode[]
  /** The text between its tags; a list where a value of the template was an array. */
  readonly value: Value | undefined
}

/** Where values come from while a chunk is made into elements. */
export interface FillingKit {
  readonly chunk: Buffer
  readonly reader: BinaryXmlReader
  readonly budget: Budget
}

interface Filled {
  readonly children: XmlNode[]
  readonly parts: Value[]
  /** An optional hole had no value. */
  isMissing: boolean
}

const MAX_DEPTH = 48

/** The outermost elements of some binary XML. Throws RangeError for what is damaged or multiplies too much. */
export function fillIn(content: readonly Content[], kit: FillingKit): readonly XmlNode[] {
  return new Filler(kit).fill(content, []).children
}

class Filler {
  readonly #kit: FillingKit
  #depth = 0

  constructor(kit: FillingKit) {
    this.#kit = kit
  }

  fill(content: readonly Content[], values: readonly ValueSpan[]): Filled {
    const filled: Filled = { children: [], parts: [], isMissing: false }
    this.#into(filled, content, values)
    return filled
  }

  #into(filled: Filled, content: readonly Content[], values: readonly ValueSpan[]): void {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new RangeError('values lie too deep in each other')
    for (const part of content) {
      this.#kit.budget.step()
      if (typeof part !== 'object') this.#text(filled, part)
      else if (part.kind === 'element') this.#element(filled, part, values)
      else if (part.kind === 'instance') this.#into(filled, part.template, part.values)
      else this.#value(filled, values[part.index], part.optional)
    }
    this.#depth -= 1
  }

  #element(filled: Filled, element: Element, values: readonly ValueSpan[]): void {
    this.#kit.budget.text(element.name.length)
    const { children, parts, isMissing } = this.fill(element.content, values)
    if (isMissing && parts.length === 0 && children.length === 0) return
    const attributes = new Map<string, Value>()
    for (const { name, content } of element.attributes) {
      this.#kit.budget.text(name.length)
      const value = joined(this.fill(content, values).parts)
      if (value !== undefined) attributes.set(name, value)
    }
    filled.children.push({ name: element.name, attributes, children, value: joined(parts) })
  }

  #value(filled: Filled, span: ValueSpan | undefined, optional: boolean): void {
    const { chunk, reader } = this.#kit
    if (!span) throw new RangeError('a value of a template is missing')
    if (span.type === BINARY_XML) {
      this.#into(filled, reader.read(span.from, span.from + span.size, true), [])
      return
    }
    const value = readValue(chunk, span)
    if (value !== undefined) this.#text(filled, value)
    else if (optional) filled.isMissing = true
  }

  #text(filled: Filled, value: Value): void {
    this.#kit.budget.text(typeof value === 'string' ? value.length : 8)
    if (typeof value === 'object') for (const each of value) this.#kit.budget.text(String(each).length)
    filled.parts.push(value)
  }
}

function joined(parts: readonly Value[]): Value | undefined {
  return parts.length > 1 ? parts.join('') : parts[0]
}

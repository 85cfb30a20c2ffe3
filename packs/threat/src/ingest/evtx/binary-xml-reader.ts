import type { Attribute, Content, Element, Instance } from './binary-xml.ts'
import type { Budget } from './budget.ts'
import { readValue, type ValueSpan } from './read-value.ts'
import { STRING } from './value-types.ts'

/** Tokens of binary XML; bit 0x40 says that more follows and changes nothing else. */
const END = 0x00
const OPEN_ELEMENT = 0x01
const CLOSE_START = 0x02
const CLOSE_EMPTY = 0x03
const END_ELEMENT = 0x04
const VALUE = 0x05
const ATTRIBUTE = 0x06
const CDATA = 0x07
const CHARACTER = 0x08
const ENTITY = 0x09
const INSTRUCTION_TARGET = 0x0a
const INSTRUCTION_DATA = 0x0b
const TEMPLATE = 0x0c
const HOLE = 0x0d
const OPTIONAL_HOLE = 0x0e
const FRAGMENT = 0x0f
const MORE = 0x40

const MAX_DEPTH = 48
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/**
 * Reads the binary XML of one chunk ([MS-EVEN6] 2.2.12; names and templates lie anywhere in the chunk and are read once).
 * Whatever is out of place throws RangeError.
 */
export class BinaryXmlReader {
  readonly #chunk: Buffer
  readonly #budget: Budget
  readonly #names = new Map<number, { readonly name: string; readonly bytes: number }>()
  /** Undefined while a template is being read, and for ever if that failed. */
  readonly #templates = new Map<number, { readonly content: readonly Content[]; readonly bytes: number } | undefined>()
  #at = 0
  #end = 0
  #depth = 0
  /** Elements of a value of type binary XML have no dependency identifier. */
  #isValue = false

  constructor(chunk: Buffer, budget: Budget) {
    this.#chunk = chunk
    this.#budget = budget
  }

  /** The content from `from` to its end token or `end`. */
  read(from: number, end: number, isValue: boolean): readonly Content[] {
    if (from > end || end > this.#chunk.length) throw new RangeError('binary XML goes beyond its chunk')
    this.#at = from
    this.#end = end
    this.#depth = 0
    this.#isValue = isValue
    return this.#readContent()
  }

  #readContent(): Content[] {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new RangeError('elements lie too deep in each other')
    const content: Content[] = []
    while (this.#at < this.#end) {
      const token = this.#peek()
      if (token === ATTRIBUTE || token === CLOSE_START || token === CLOSE_EMPTY || token === END_ELEMENT) break
      this.#at += 1
      if (token === END) break
      const part = this.#readToken(token)
      if (part !== undefined) content.push(part)
    }
    this.#depth -= 1
    return content
  }

  #readToken(token: number): Content | undefined {
    this.#budget.step()
    if (token === OPEN_ELEMENT) return this.#readElement()
    if (token === VALUE) return this.#readText()
    if (token === HOLE || token === OPTIONAL_HOLE) return this.#readHole(token === OPTIONAL_HOLE)
    if (token === TEMPLATE) return this.#readInstance()
    if (token === CDATA) return this.#readCounted()
    if (token === CHARACTER) return String.fromCharCode(this.#u16())
    if (token === ENTITY) return ENTITIES.get(this.#readName()) ?? ''
    this.#passOver(token)
    return undefined
  }

  /** What says nothing about the event: fragment headers and processing instructions. */
  #passOver(token: number): void {
    if (token === FRAGMENT) this.#at += 3
    else if (token === INSTRUCTION_TARGET) this.#readName()
    else if (token === INSTRUCTION_DATA) this.#readCounted()
    else throw new RangeError(`there is no token ${token}`)
  }

  #readElement(): Element {
    const hasAttributes = (this.#chunk.readUInt8(this.#at - 1) & MORE) !== 0
    this.#passElementHead()
    const name = this.#readName()
    const attributes = hasAttributes ? this.#readAttributes() : []
    const close = this.#token()
    if (close === CLOSE_EMPTY) return { kind: 'element', name, attributes, content: [] }
    if (close !== CLOSE_START) throw new RangeError('the start of an element has no end')
    const content = this.#readContent()
    if (this.#token() !== END_ELEMENT) throw new RangeError('an element has no end')
    return { kind: 'element', name, attributes, content }
  }

  /**
   * An element begins with a dependency identifier (2 bytes) and its size (4). Inside values the identifier is missing,
   * and writers differ: where the size does not fit, it is read the other way.
   */
  #passElementHead(): void {
    const usual = this.#isValue ? 0 : 2
    const fits = (skip: number): boolean => this.#at + skip + 4 + this.#chunk.readUInt32LE(this.#at + skip) <= this.#end
    this.#at += 4 + (fits(usual) ? usual : 2 - usual)
  }

  #readAttributes(): Attribute[] {
    this.#at += 4
    const attributes: Attribute[] = []
    while (this.#peek() === ATTRIBUTE) {
      this.#budget.step()
      this.#at += 1
      attributes.push({ name: this.#readName(), content: this.#readContent() })
    }
    return attributes
  }

  #readText(): Content | undefined {
    const type = this.#u8()
    if (type !== STRING) throw new RangeError(`a text is of type ${type}`)
    return this.#readCounted()
  }

  #readCounted(): string {
    const size = this.#u16() * 2
    const text = readValue(this.#chunk, { type: STRING, from: this.#at, size })
    this.#at += size
    return text as string
  }

  #readHole(optional: boolean): Content {
    const index = this.#u16()
    this.#at += 1
    return { kind: 'hole', index, optional }
  }

  #readInstance(): Instance {
    this.#at += 5
    const offset = this.#u32()
    const isHere = offset === this.#at
    const { content, bytes } = this.#templateAt(offset)
    if (isHere) this.#at += bytes
    return { kind: 'instance', template: content, values: this.#readValues() }
  }

  #readValues(): ValueSpan[] {
    const count = this.#u32()
    const first = this.#at + 4 * count
    if (first > this.#end) throw new RangeError('there are more values than bytes')
    let from = first
    const values = Array.from({ length: count }, (_, index) => {
      const size = this.#chunk.readUInt16LE(this.#at + 4 * index)
      const span = { type: this.#chunk.readUInt8(this.#at + 4 * index + 2), from, size }
      from += size
      return span
    })
    if (from > this.#end) throw new RangeError('the values go beyond their record')
    this.#at = from
    return values
  }

  /** A template: next one (4 bytes), GUID (16), size (4), content. */
  #templateAt(offset: number): { readonly content: readonly Content[]; readonly bytes: number } {
    const known = this.#templates.get(offset)
    if (known) return known
    if (this.#templates.has(offset)) throw new RangeError('a template is damaged or holds itself')
    this.#templates.set(offset, undefined)
    const size = this.#chunk.readUInt32LE(offset + 20)
    const from = offset + 24
    if (from + size > this.#chunk.length) throw new RangeError('a template goes beyond its chunk')
    const [at, end, isValue] = [this.#at, this.#end, this.#isValue]
    this.#at = from
    this.#end = from + size
    this.#isValue = false
    const template = { content: this.#readContent(), bytes: 24 + size }
    this.#at = at
    this.#end = end
    this.#isValue = isValue
    this.#templates.set(offset, template)
    return template
  }

  /** A name: next one (4 bytes), hash (2), number of characters (2), UTF-16, NUL. Where it stands here, it is passed. */
  #readName(): string {
    const offset = this.#u32()
    let found = this.#names.get(offset)
    if (!found) {
      const size = this.#chunk.readUInt16LE(offset + 6) * 2
      const name = readValue(this.#chunk, { type: STRING, from: offset + 8, size }) as string
      found = { name, bytes: 10 + size }
      this.#names.set(offset, found)
    }
    if (offset === this.#at) this.#at += found.bytes
    return found.name
  }

  #peek(): number {
    return this.#chunk.readUInt8(this.#at) & ~MORE
  }

  #token(): number {
    return this.#u8() & ~MORE
  }

  #u8(): number {
    this.#at += 1
    return this.#chunk.readUInt8(this.#at - 1)
  }

  #u16(): number {
    this.#at += 2
    return this.#chunk.readUInt16LE(this.#at - 2)
  }

  #u32(): number {
    this.#at += 4
    return this.#chunk.readUInt32LE(this.#at - 4)
  }
}

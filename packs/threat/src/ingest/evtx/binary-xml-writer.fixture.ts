/** Part of an element to write: text, a hole, an entity, a CDATA section, a character or another element. */
export type WrittenPart =
  | string
  | WrittenElement
  | { readonly hole: number; readonly type: number; readonly optional?: boolean }
  | { readonly entity: string }
  | { readonly cdata: string }
  | { readonly character: number }

export interface WrittenElement {
  readonly name: string
  readonly attributes?: Readonly<Record<string, WrittenPart>>
  readonly parts?: readonly WrittenPart[]
}

export interface WrittenValue {
  readonly type: number
  readonly bytes: Uint8Array
}

/** A value of type binary XML: an element that stands where the value does, or with `values` an instance of a template. */
export interface NestedValue {
  readonly nested: WrittenElement
  readonly values?: readonly WrittenValue[]
}

const BINARY_XML = 0x21

/**
 * Writes binary XML into a chunk after the description of the format by libyal, without a look at our reader: names and
 * templates stand where they are first needed and are pointed at from then on.
 */
export class BinaryXmlWriter {
  readonly chunk: Buffer
  at: number
  readonly #names = new Map<string, number>()
  readonly #templates = new Map<WrittenElement, number>()

  constructor(chunk: Buffer, at: number) {
    this.chunk = chunk
    this.at = at
  }

  /** A fragment that is an instance of a template. */
  instance(template: WrittenElement, values: readonly (WrittenValue | NestedValue)[]): void {
    this.bytes(0x0f, 1, 1, 0)
    this.bytes(0x0c, 1)
    this.u32(0x1234)
    const known = this.#templates.get(template)
    this.u32(known ?? this.at + 4)
    if (known === undefined) this.#template(template)
    this.u32(values.length)
    const descriptors = this.at
    this.at += 4 * values.length
    for (const [index, value] of values.entries()) {
      const from = this.at
      this.#value(value)
      this.chunk.writeUInt16LE(this.at - from, descriptors + 4 * index)
      this.chunk[descriptors + 4 * index + 2] = 'nested' in value ? BINARY_XML : value.type
    }
    this.bytes(0)
  }

  /** A fragment without template. */
  plain(element: WrittenElement): void {
    this.bytes(0x0f, 1, 1, 0)
    this.#element(element)
    this.bytes(0)
  }

  #value(value: WrittenValue | NestedValue): void {
    if (!('nested' in value)) this.bytes(...value.bytes)
    else if (value.values) this.instance(value.nested, value.values)
    else this.plain(value.nested)
  }

  #template(template: WrittenElement): void {
    this.#templates.set(template, this.at)
    this.u32(0)
    this.bytes(...Buffer.from('00112233445566778899aabbccddeeff', 'hex'))
    this.#sized(() => {
      this.bytes(0x0f, 1, 1, 0)
      this.#element(template)
      this.bytes(0)
    })
  }

  #element({ name, attributes = {}, parts = [] }: WrittenElement): void {
    const entries = Object.entries(attributes)
    this.bytes(entries.length > 0 ? 0x41 : 0x01)
    this.u16(0xffff)
    this.#sized(() => {
      this.#name(name)
      if (entries.length > 0) this.#attributes(entries)
      if (parts.length === 0) this.bytes(0x03)
      else {
        this.bytes(0x02)
        for (const [index, part] of parts.entries()) this.#part(part, index < parts.length - 1 ? 0x40 : 0)
        this.bytes(0x04)
      }
    })
  }

  #attributes(entries: readonly (readonly [string, WrittenPart])[]): void {
    this.#sized(() => {
      for (const [index, [name, part]] of entries.entries()) {
        this.bytes(index < entries.length - 1 ? 0x46 : 0x06)
        this.#name(name)
        this.#part(part)
      }
    })
  }

  /** `more` is the bit that says that text goes on. */
  #part(part: WrittenPart, more = 0): void {
    if (typeof part === 'string') {
      this.bytes(0x05 | more, 1)
      this.#counted(part)
    } else if ('hole' in part) {
      this.bytes(part.optional ? 0x0e : 0x0d)
      this.u16(part.hole)
      this.bytes(part.type)
    } else if ('entity' in part) {
      this.bytes(0x09 | more)
      this.#name(part.entity)
    } else if ('cdata' in part) {
      this.bytes(0x07 | more)
      this.#counted(part.cdata)
    } else if ('character' in part) {
      this.bytes(0x08 | more)
      this.u16(part.character)
    } else this.#element(part)
  }

  #name(name: string): void {
    const known = this.#names.get(name)
    this.u32(known ?? this.at + 4)
    if (known !== undefined) return
    this.#names.set(name, this.at)
    this.u32(0)
    this.u16([...name].reduce((hash, letter) => (Math.imul(hash, 65599) + letter.charCodeAt(0)) >>> 0, 0) & 0xffff)
    this.#counted(name)
    this.u16(0)
  }

  #counted(text: string): void {
    this.u16(text.length)
    this.bytes(...Buffer.from(text, 'utf16le'))
  }

  /** Writes the number of bytes that follow in front of them. */
  #sized(write: () => void): void {
    const place = this.at
    this.at += 4
    write()
    this.chunk.writeUInt32LE(this.at - place - 4, place)
  }

  bytes(...values: number[]): void {
    this.chunk.set(values, this.at)
    this.at += values.length
  }

  u16(value: number): void {
    this.at = this.chunk.writeUInt16LE(value, this.at)
  }

  u32(value: number): void {
    this.at = this.chunk.writeUInt32LE(value, this.at)
  }
}

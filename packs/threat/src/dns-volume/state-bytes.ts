import { deserialize, serialize } from 'node:v8'

const KINDS = { Uint32Array, Int32Array, Float32Array, Float64Array } as const
type Numbers = InstanceType<(typeof KINDS)[keyof typeof KINDS]>

/** Stands where an array was: its kind, and where its bytes lie behind the head. */
interface ArrayPlace {
  readonly kind: keyof typeof KINDS
  readonly at: number
  readonly bytes: number
}

/** A length of eight characters, the head with places instead of arrays, then the bytes of the arrays: none is copied. */
export function stateBytes(state: object): Uint8Array[] {
  const arrays: Uint8Array[] = []
  let at = 0
  const placed = (value: unknown): unknown => {
    const kind = kindOf(value)
    if (kind !== undefined) {
      const { buffer, byteOffset, byteLength } = value as Numbers
      arrays.push(new Uint8Array(buffer, byteOffset, byteLength))
      at += byteLength
      return { kind, at: at - byteLength, bytes: byteLength } satisfies ArrayPlace
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, placed(each)]))
  }
  const head = serialize(placed(state))
  return [Buffer.from(String(head.length).padStart(8, '0')), head, ...arrays]
}

/** What `stateBytes` wrote, joined. */
export function stateFrom(bytes: Uint8Array): unknown {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + Number(whole.toString('latin1', 0, 8))
  const filled = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    if ('kind' in value) return arrayAt(bytes.subarray(end), value as ArrayPlace)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each)]))
  }
  return filled(deserialize(whole.subarray(8, end)))
}

function arrayAt(body: Uint8Array, { kind, at, bytes }: ArrayPlace): Numbers {
  return new KINDS[kind](new Uint8Array(body.subarray(at, at + bytes)).buffer)
}

function kindOf(value: unknown): keyof typeof KINDS | undefined {
  return (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((kind) => value instanceof KINDS[kind])
}

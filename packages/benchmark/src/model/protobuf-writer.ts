import { concatBytes, utf8 } from '@dengta/kernel'

/** One encoded field; a message is the concatenation of its fields (protobuf.dev, "Encoding"). */
export type Encoded = Uint8Array

export const message = (...parts: readonly Encoded[]): Uint8Array => concatBytes(...parts)

export const integerField = (number: number, value: number): Encoded => concatBytes(varint(number * 8), varint(value))

export const bytesField = (number: number, bytes: Uint8Array): Encoded =>
  concatBytes(varint(number * 8 + 2), varint(bytes.length), bytes)

export const textField = (number: number, text: string): Encoded => bytesField(number, utf8(text))

/** Packed repeated int64 or enum; values are whole and not negative. */
export const integersField = (number: number, values: ArrayLike<number>): Encoded =>
  bytesField(number, Uint8Array.from(Array.from(values).flatMap((value) => Array.from(varint(value)))))

/** Little-endian float64 values, as `raw_data` of a tensor keeps them. */
export function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const out = new DataView(new ArrayBuffer(values.length * 8))
  for (let i = 0; i < values.length; i += 1) out.setFloat64(i * 8, values[i]!, true)
  return new Uint8Array(out.buffer)
}

function varint(value: number): Uint8Array {
  const out: number[] = []
  let rest = value
  while (rest >= 0x80) {
    out.push((rest % 0x80) + 0x80)
    rest = Math.floor(rest / 0x80)
  }
  out.push(rest)
  return Uint8Array.from(out)
}

import type { Text } from '@dengta/kernel'
import { modelErrors } from './model-errors.ts'

/** One field of a message: `integer` for wire type 0, `bytes` for the others. */
export interface Field {
  readonly number: number
  readonly wire: number
  /** Value of an int64, rounded to a float64 beyond 2^53. */
  readonly integer: number
  readonly bytes: Uint8Array
}

const NOTHING = new Uint8Array(0)

/** Reads the fields of one protobuf message in order (protobuf.dev, "Encoding"). Groups are refused: nothing here uses them. */
export function* fields(message: Uint8Array): Generator<Field> {
  const cursor = { at: 0 }
  while (cursor.at < message.length) {
    const key = varint(message, cursor)
    const wire = key % 8
    const number = (key - wire) / 8
    if (number < 1 || number > 0x1fffffff) throw malformed({ en: 'a field has no valid number', zh: '某字段编号无效' })
    if (wire === 0) {
      yield { number, wire, integer: varint(message, cursor), bytes: NOTHING }
    } else {
      const length = lengthOf(wire, message, cursor)
      if (length < 0 || length > message.length - cursor.at)
        throw malformed({ en: 'a field ends after the file', zh: '某字段超出文件末尾' })
      cursor.at += length
      yield { number, wire, integer: 0, bytes: message.subarray(cursor.at - length, cursor.at) }
    }
  }
}

function lengthOf(wire: number, message: Uint8Array, cursor: { at: number }): number {
  if (wire === 1) return 8
  if (wire === 5) return 4
  if (wire === 2) return varint(message, cursor)
  throw malformed({ en: `wire type ${wire} is not used by ONNX`, zh: `ONNX 不使用线格式 ${wire}` })
}

/** Reads one int64 and moves on; the tenth byte carries the sign (two's complement). */
function varint(message: Uint8Array, cursor: { at: number }): number {
  let value = 0
  let weight = 1
  for (let i = 0; i < 10; i += 1) {
    const byte = message[cursor.at]
    if (byte === undefined) throw malformed({ en: 'a number ends after the file', zh: '某数值超出文件末尾' })
    cursor.at += 1
    value += (byte % 128) * weight
    weight *= 128
    if (byte < 128) return i === 9 ? value - 2 ** 64 : value
  }
  throw malformed({ en: 'a number is longer than 64 bits', zh: '某数值超过 64 位' })
}

const decoder = new TextDecoder('utf-8', { fatal: true })

export function textOf(field: Field): string {
  try {
    return decoder.decode(field.bytes)
  } catch (cause) {
    throw malformed({ en: 'a name is not UTF-8', zh: '某名称不是 UTF-8' }, cause)
  }
}

function malformed(problem: Text, cause?: unknown): Error {
  return modelErrors.malformed_onnx({ problem }, cause)
}

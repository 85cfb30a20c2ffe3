import type { NestedValue, WrittenElement, WrittenPart, WrittenValue } from './binary-xml-writer.fixture.ts'
import type { WriteRecord } from './evtx-file.fixture.ts'

export const utf16 = (text: string): WrittenValue => ({ type: 1, bytes: Buffer.from(text, 'utf16le') })

function number(type: number, size: number, value: bigint): WrittenValue {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return { type, bytes: bytes.subarray(0, size) }
}

export const hole = (index: number, type: number, optional = false): WrittenPart => ({ hole: index, type, optional })

const SYSTEM: WrittenElement = {
  name: 'System',
  parts: [
    { name: 'Provider', attributes: { Name: hole(13, 0x01), Guid: hole(0, 0x0f) } },
    { name: 'EventID', attributes: { Qualifiers: hole(1, 0x06, true) }, parts: [hole(2, 0x06)] },
    { name: 'Version', parts: [hole(3, 0x04, true)] },
    { name: 'Keywords', parts: [hole(4, 0x15, true)] },
    { name: 'TimeCreated', attributes: { SystemTime: hole(5, 0x11) } },
    { name: 'EventRecordID', parts: [hole(6, 0x0a, true)] },
    { name: 'Correlation', attributes: { ActivityID: hole(7, 0x0f, true) } },
    { name: 'Execution', attributes: { ProcessID: hole(8, 0x08), ThreadID: hole(9, 0x08) } },
    { name: 'Channel', parts: [hole(14, 0x01)] },
    { name: 'Computer', parts: [hole(10, 0x01)] },
    { name: 'Security', attributes: { UserID: hole(11, 0x13) } },
  ],
}

export const EVENT: WrittenElement = {
  name: 'Event',
  attributes: { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
  parts: [SYSTEM, hole(12, 0x21)],
}

const NO_VALUE: WrittenValue = { type: 0, bytes: new Uint8Array() }
/** S-1-5-18 */
const LOCAL_SYSTEM = Buffer.from('010100000000000512000000', 'hex')
const SYSMON = Buffer.from('255785547854944fa5ba3e3b0328c30d', 'hex')

/** The values of `System` as Sysmon gives them. */
export const systemValues = (id: number): WrittenValue[] => [
  { type: 0x0f, bytes: SYSMON },
  NO_VALUE,
  number(0x06, 2, BigInt(id)),
  number(0x04, 1, 5n),
  number(0x15, 8, -0x8000000000000000n),
  number(0x11, 8, 133_500_000_001_234_567n),
  number(0x0a, 8, 77n),
  NO_VALUE,
  number(0x08, 4, 3020n),
  number(0x08, 4, 4128n),
  utf16('HOST.example'),
  { type: 0x13, bytes: LOCAL_SYSTEM },
]

export interface WrittenEvent {
  readonly id: number
  /** Fields of EventData that are text. */
  readonly fields?: Readonly<Record<string, string>>
  /** Takes the place of EventData. */
  readonly data?: WrittenElement
}

/** A record in the form in which Windows writes them: a template for the event, its data as nested binary XML. */
export function sysmonRecord({ id, fields = {}, data }: WrittenEvent): WriteRecord {
  const named = Object.entries(fields).map(([name, text]) => ({
    name: 'Data',
    attributes: { Name: name },
    parts: [text],
  }))
  const nested: NestedValue = { nested: data ?? { name: 'EventData', parts: named } }
  const head = [utf16('Microsoft-Windows-Sysmon'), utf16('Microsoft-Windows-Sysmon/Operational')]
  return (writer) => writer.instance(EVENT, [...systemValues(id), nested, ...head])
}

/** A record with one element `Data` named `v` that holds the value. */
export function valueRecord(value: WrittenValue, holeType: number = value.type, optional = false): WriteRecord {
  const data = { name: 'Data', attributes: { Name: 'v' }, parts: [hole(0, holeType, optional)] }
  const template: WrittenElement = { name: 'Event', parts: [{ name: 'EventData', parts: [data] }] }
  return (writer) => writer.instance(template, [value])
}

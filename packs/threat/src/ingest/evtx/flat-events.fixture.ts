import type { NestedValue, WrittenElement } from './binary-xml-writer.fixture.ts'
import { evtxFile, type WriteRecord } from './evtx-file.fixture.ts'
import { EVENT, hole, systemValues, utf16 } from './sysmon.fixture.ts'

type FlatEvent = Readonly<Record<string, unknown>>

const CHUNK_ROOM = 62_000

/** `EventData` with a hole for each field, one for each list of names. */
const dataTemplates = new Map<string, WrittenElement>()

function dataTemplate(names: readonly string[]): WrittenElement {
  const key = names.join('\n')
  const known = dataTemplates.get(key)
  if (known) return known
  const parts = names.map((name, index) => ({ name: 'Data', attributes: { Name: name }, parts: [hole(index, 0x01)] }))
  const template: WrittenElement = { name: 'EventData', parts }
  dataTemplates.set(key, template)
  return template
}

/** A flat event as Windows itself writes it: two templates, one in the other, and values. */
function flatEventRecord(event: FlatEvent): WriteRecord {
  const { EventID, Channel, SourceName, Hostname, ...rest } = event
  const fields = Object.entries(rest).filter(([name, value]) => !/^[_@]/.test(name) && typeof value !== 'object')
  const values = fields.map(([, value]) => utf16(String(value)))
  const system = systemValues(Number(EventID))
  system[10] = utf16(String(Hostname ?? ''))
  const nested: NestedValue = { nested: dataTemplate(fields.map(([name]) => name)), values }
  const head = [utf16(String(SourceName ?? '-')), utf16(String(Channel))]
  return (writer) => writer.instance(EVENT, [...system, nested, ...head])
}

/** As many events a chunk as have room: values are two bytes a letter, a new list of names needs a template. */
function inChunks(events: readonly FlatEvent[]): WriteRecord[][] {
  const chunks: WriteRecord[][] = []
  const templates = new Set<string>()
  let left = 0
  for (const event of events) {
    const names = Object.keys(event).join()
    const values = Object.values(event).reduce<number>((sum, value) => sum + 4 + 2 * String(value).length, 300)
    const template = 1000 + 2 * names.length + 50 * Object.keys(event).length
    if (values + template > left) {
      chunks.push([])
      templates.clear()
      left = CHUNK_ROOM
    }
    left -= values + (templates.has(names) ? 0 : template)
    templates.add(names)
    chunks.at(-1)?.push(flatEventRecord(event))
  }
  return chunks
}

/** Flat events (NXLog, OTRF) as an EVTX file. Tags, times of receipt and lists stay out. */
export const flatEventsFile = (events: readonly FlatEvent[]): Buffer => evtxFile(inChunks(events))

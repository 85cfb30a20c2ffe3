import { expect, test } from 'vitest'
import { hasThreatData, readBrotli, skippedNote } from '../../threat-data.fixture.ts'
import { evtxexportNote, exportXml, hasEvtxexport, plainText } from './evtxexport.fixture.ts'
import { flatEventsFile } from './flat-events.fixture.ts'
import { readAll } from './read-all.fixture.ts'

/** Named `Data` of every event in XML. */
function dataOf(xml: string): Record<string, string>[] {
  return [...xml.matchAll(/<Event[ >][\s\S]*?<\/Event>/g)].map(([event]) =>
    Object.fromEntries(
      [...event.matchAll(/<Data Name="([^"]*)"(?:\/>|>([^<]*)<\/Data>)/g)].map(([, name = '', text = '']) => [
        plainText(name),
        plainText(text),
      ]),
    ),
  )
}

test.runIf(hasThreatData && hasEvtxexport)(
  `recorded events written as EVTX: evtxexport and we read the same${skippedNote}${evtxexportNote}`,
  async () => {
    const text = readBrotli('events/windows-process-creation-1959.ndjson.br').toString('utf8').trimEnd()
    const recorded = text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    const file = flatEventsFile(recorded)
    const { events, faults } = await readAll(file, 100_000)
    const ours = events.map(({ Event }) => (Event as { EventData: Record<string, string> }).EventData)
    const theirs = dataOf(exportXml(file))
    expect([faults, ours.length, theirs.length]).toEqual([[], recorded.length, recorded.length])
    // line ends inside of values are the one thing that XML as text does not keep apart
    const normal = (data: Record<string, string>): unknown =>
      Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]))
    expect(ours.map(normal)).toEqual(theirs.map(normal))
    expect(ours.map(({ Image }) => Image)).toEqual(recorded.map(({ Image }) => Image))
  },
)

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { normalise } from '../match/plain-matcher.ts'
import { hasThreatData, readBrotli, skippedNote } from '../threat-data.fixture.ts'
import type { Format } from './format.ts'
import { loadMappings } from './mapping-files.ts'
import { readMappings } from './read-mapping.ts'

let formats: readonly Format[] = []
beforeAll(async () => {
  formats = await loadMappings()
})

const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const shell = { product: 'windows', service: 'sysmon', category: 'process_creation' }

describe('every form of event gives the same Sigma view', () => {
  test.each<[string, unknown, Record<string, string>]>([
    ['windows-flat', { Channel: sysmon, EventID: '1', Image: 'x', SourceName: 'S' }, shell],
    [
      'windows-evtx',
      { Event: { System: { Channel: sysmon, EventID: 1, Provider: { Name: 'S' } }, EventData: { Image: 'x' } } },
      shell,
    ],
    [
      'winlogbeat',
      { winlog: { channel: sysmon, event_id: '1', provider_name: 'S', event_data: { Image: 'x' } } },
      shell,
    ],
    [
      'winlogbeat',
      { 'winlog.channel': sysmon, event: { code: 1, provider: 'S' }, process: { executable: 'x' } },
      shell,
    ],
    [
      'windows-flat',
      { Channel: 'Security', EventID: 4688, NewProcessName: 'x', SourceName: 'S' },
      { product: 'windows', service: 'security', category: 'process_creation' },
    ],
  ])('%s', (id, event, logSource) => {
    const normal = normalise(event, formats)
    expect([normal.format?.id, normal.source.logSource]).toEqual([id, logSource])
    expect([normal.view.values('Image'), normal.view.values('Provider_Name')]).toEqual([['x'], ['S']])
  })
})

test.each<[string, unknown, Record<string, string>]>([
  ['auditd', { type: 'EXECVE', msg: 'audit(1.0:1)', a0: 'ls' }, { product: 'linux', service: 'auditd' }],
  ['auditbeat', { auditd: { message_type: 'execve' } }, { product: 'linux', service: 'auditd' }],
  ['cloudtrail', { eventSource: 's', eventName: 'n', awsRegion: 'r' }, { product: 'aws', service: 'cloudtrail' }],
  ['zeek', { _path: 'dns', 'id.orig_h': '10.0.0.1' }, { product: 'zeek', service: 'dns', category: 'dns' }],
])('%s is recognised', (id, event, logSource) => {
  const { format, source } = normalise(event, formats)
  expect([format?.id, source.logSource]).toEqual([id, logSource])
})

/** Log source by the tags that were added to the recorded events, and by the mapping once they are taken away. */
function bothWays(line: string): { tagged: string; mapped: string } {
  const { _product, _service, _category, ...event } = JSON.parse(line) as Record<string, unknown>
  const { product, service, category } = normalise(event, formats).source.logSource
  return {
    tagged: [_product, _service, _category].join(' '),
    mapped: [product, service, category ?? '-'].join(' '),
  }
}

test.runIf(hasThreatData)(`the mapping finds the log sources of the recorded events${skippedNote}`, () => {
  const lanes = ['windows-00', 'zeek', 'cloudtrail', 'windows-process-creation-1959']
  const differences = new Map<string, number>()
  for (const lane of lanes) {
    const lines = readBrotli(`events/${lane}.ndjson.br`).toString('utf8').trimEnd().split('\n')
    for (let i = 0; i < lines.length; i += 25) {
      const { tagged, mapped } = bothWays(lines[i] as string)
      if (tagged !== mapped)
        differences.set(`${tagged} -> ${mapped}`, (differences.get(`${tagged} -> ${mapped}`) ?? 0) + 1)
    }
  }
  const added = /windows (?:security process_creation|powershell-classic ps_classic_script)$/
  // the pack also knows 4688 and 800; the recorded tags do not (decision 0011)
  expect([...differences.keys()].filter((each) => !added.test(each))).toEqual([])
})

describe('own mappings', () => {
  const vpn = 'format: vpn\nhas: [gateway]\nsource: {product: {is: vpn}}\n'
  const own = (text: string, name = 'own.yml'): string => {
    const folder = mkdtempSync(join(tmpdir(), 'dengta-mapping-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, name), text)
    return folder
  }

  test('are tried before those of the pack, and use their tables', async () => {
    const mapped = await loadMappings(own(vpn.replace('{is: vpn}', '{path: gateway, table: windows-channel}')))
    expect(mapped.map(({ id }) => id)).toEqual(['vpn', ...formats.map(({ id }) => id)])
    expect(normalise({ gateway: 'x', _product: 'linux' }, mapped).format?.id).toBe('vpn')
  })

  test.each([
    ['format', 'format: zeek\nhas: [a]\n', 'the format "zeek", which zeek.yml defines already'],
    ['table', 'tables: {windows-channel: {a: b}}\n', 'the table "windows-channel", which windows-channels.yml'],
  ])('a %s of the name of another is refused', async (_, text, told) => {
    const folder = own(text)
    const refused = expect(loadMappings(folder)).rejects
    await refused.toMatchObject({ code: 'threat_mapping.clash', details: { file: join(folder, 'own.yml') } })
    await expect(loadMappings(folder)).rejects.toThrow(told)
  })

  test('a folder that is not there, or has no mapping in it, is refused by its name', async () => {
    const code = 'threat_mapping.unreadable_folder'
    await expect(loadMappings('/no/such/folder')).rejects.toMatchObject({
      code,
      details: { folder: '/no/such/folder' },
    })
    await expect(loadMappings(own(vpn, 'vpn.yaml'))).rejects.toMatchObject({ code })
  })
})

test('a faulty mapping is refused with its place', () => {
  const read = (text: string) => () => readMappings([{ name: 'm.yml', text }])
  expect(read('format: x')).toThrow(/m\.yml is wrong at "has"/)
  expect(read('format: x\nhas: [a]\nsource: {service: {path: a, table: none}}')).toThrow(/"none"/)
  expect(read('- a')).toThrow(/not a map/)
  expect(read('tables: {t: [a]}')).toThrow(/wrong at "tables.t"/)
  expect(read('format: x\nhas: [a]\nsource: {product: {is: 1}}')).toThrow(/wrong at "is"/)
  expect(read('format: x\nhas: [a]\nsource: {service: {path: [a]}}')).toThrow(/wrong at "path"/)
})

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aitAlerts, aitNetworks, openAitAlerts } from './ait-ads.ts'

/** The file of a network, with these lines behind its head. */
function folderWith(lines: readonly string[], end = '\n'): string {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-ait-'))
  const text = ['time,name,ip,host,short,time_label,event_label', ...lines].join(end)
  writeFileSync(join(folder, 'ait-ads-fox.csv.br'), brotliCompressSync(Buffer.from(text + end)))
  return folder
}

const LINES = [
  '10,Wazuh: login,10.0.0.1,web,W,false_positive,-',
  '12,Wazuh: scan,,web,W,scan,scan',
  '10,AMiner: odd,10.0.0.2,mail,A,scan,-',
  '11,AMiner: odd,10.0.0.2,mail,A,false_positive,-',
]

test.each(['\n', '\r\n'])(
  'alerts come by time, of one time in the order of the file, whatever ends a line',
  async (end) => {
    const folder = folderWith(LINES, end)
    expect(aitNetworks(folder)).toEqual(['fox'])
    const alerts = [...aitAlerts(folder, 'fox')]
    expect(alerts.map(({ alert }) => alert.id)).toEqual(['fox:2', 'fox:4', 'fox:5', 'fox:3'])
    expect(alerts[0]).toEqual({
      alert: {
        ...{ id: 'fox:2', time: 10_000, signature: 'Wazuh: login', level: '', host: 'web', techniques: [] },
        ...{ addresses: ['10.0.0.1'], detector: 'Wazuh' },
      },
      ...{ step: '-', outside: true },
    })
    expect(alerts[3]).toMatchObject({ alert: { addresses: [] }, step: 'scan', outside: false })
    expect([...(await openAitAlerts(folder, 'fox'))]).toEqual(alerts)
  },
)

test('a large network is opened in turns, and others have the thread in between', async () => {
  const folder = folderWith(Array.from({ length: 60_000 }, (_, at) => `${at % 30_000},Wazuh: x,,web,W,scan,-`))
  let isOpen = false
  let turns = 0
  const other = () => {
    turns += 1
    if (!isOpen) setImmediate(other)
  }
  other()
  const alerts = await openAitAlerts(folder, 'fox')
  isOpen = true
  expect(turns).toBeGreaterThan(4)
  expect([...alerts]).toHaveLength(60_000)
})

test('a network without alerts has none', () => {
  expect([...aitAlerts(folderWith([]), 'fox')]).toEqual([])
})

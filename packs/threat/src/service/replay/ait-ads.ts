import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { LabelledAlert } from './labelled-stream.ts'

const FILE = /^ait-ads-([a-z0-9]+)\.csv\.br$/

/** The networks of AIT-ADS in a folder, by name; none where the folder is absent. */
export function aitNetworks(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .sort()
}

/** The alerts of a network by event time; its file has them one detector after the other. */
export function* aitAlerts(folder: string, network: string): Generator<LabelledAlert> {
  const packed = readFileSync(join(folder, `ait-ads-${network}.csv.br`))
  const lines = brotliDecompressSync(packed).toString('latin1').trimEnd().split('\n')
  const times = Float64Array.from(lines, (line) => Number(line.slice(0, line.indexOf(','))))
  const order = Uint32Array.from({ length: lines.length - 1 }, (_, at) => at + 1)
  order.sort((one, other) => times[one]! - times[other]! || one - other)
  for (const at of order) yield labelledAlert(lines[at]!, `${network}:${at + 1}`)
}

/** Columns time, name, ip, host, short, time_label, event_label. */
function labelledAlert(line: string, id: string): LabelledAlert {
  const [time = '', signature = '', address = '', host = '', , window = '', step = ''] = line.trimEnd().split(',')
  const alert = {
    ...{ id, time: Number(time) * 1000, signature, level: '', host, techniques: [] },
    addresses: address === '' ? [] : [address],
    detector: signature.slice(0, signature.indexOf(':')),
  }
  return { alert, step, outside: window === 'false_positive' }
}

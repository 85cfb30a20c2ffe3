import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** evtxexport of libyal reads EVTX files without any of our code: the oracle. */
export const hasEvtxexport = spawnSync('evtxexport', ['-V']).status === 0
export const evtxexportNote = hasEvtxexport ? '' : ': SKIPPED, install libevtx-utils (scripts/setup-debian.sh)'

/** What evtxexport prints as XML for a file. */
export function exportXml(file: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-evtx-'))
  try {
    const path = join(folder, 'a.evtx')
    writeFileSync(path, file)
    return spawnSync('evtxexport', ['-f', 'xml', path], { encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Text of XML without its entities. */
export function plainText(xml: string): string {
  return xml.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) =>
    code ? String.fromCharCode(Number(code)) : (ENTITIES[name ?? ''] ?? whole),
  )
}

/** Names and texts of all elements that have a text or none, and of all attributes, in order. */
export function xmlLeaves(xml: string): string[] {
  const leaves: string[] = []
  for (const [, name, attributes = '', text] of xml.matchAll(/<(\w+)((?: [\w:]+="[^"]*")*)(?:\/>|>([^<]*)<\/)/g)) {
    if (text !== undefined && text !== '') leaves.push(`${name}=${plainText(text)}`)
    for (const [, attribute, value = ''] of attributes.matchAll(/ ([\w:]+)="([^"]*)"/g))
      leaves.push(`${name}.${attribute}=${plainText(value)}`)
  }
  return leaves
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { houseRoot } from '@dengta/store'

/** Folder of the threat data: `$DENGTA_DATA/threat`, or the one beside the checkout. Read in place, never copied. */
export const THREAT_DATA = join(process.env.DENGTA_DATA ?? join(dirname(houseRoot()), 'shared/data'), 'threat')
export const hasThreatData = existsSync(THREAT_DATA)
/** Appended to the name of a test that needs the data. */
export const skippedNote = hasThreatData ? '' : ': SKIPPED, set DENGTA_DATA to the folder that holds threat/'

/** The folders of SigmaHQ that the oracle was run with. */
export const ORACLE_FOLDERS = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance']
export const RULE_ARCHIVE = join(THREAT_DATA, 'rules/sigmahq-rules.tar.gz')

export function readBrotli(name: string): Buffer {
  return brotliDecompressSync(readFileSync(join(THREAT_DATA, name)))
}

/** Lines of the oracle: rule ids, sorted, by 0-based line of the events. */
export function readOracle(name: string): Map<number, string> {
  const lines = readBrotli(`oracle/${name}.tsv.br`).toString('utf8').trimEnd().split('\n')
  return new Map(lines.map((line) => [Number(line.split('\t')[0]), line.split('\t')[1] ?? '']))
}

/** The oracle took unknown placeholders literally; two of its 3,757 rules have one. */
export const ORACLE_PLACEHOLDERS = { known_cdcs: ['%known_cdcs%'] }

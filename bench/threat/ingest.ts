import { spawnSync } from 'node:child_process'
import { gunzipSync, gzipSync } from 'node:zlib'
import { loadMappings, loadRules, Matcher, readRuleFiles } from '@dengta/threat'
import { flatEventsFile } from '../../packs/threat/src/ingest/evtx/flat-events.fixture.ts'
import { readEvtx } from '../../packs/threat/src/ingest/evtx/read-evtx.ts'
import { LogLines } from '../../packs/threat/src/ingest/syslog/log-lines.ts'
import { unzstd } from '../../packs/threat/src/ingest/zstd/unzstd.ts'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
  readBrotli,
  readOracle,
} from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './lane.ts'

const LANE = 'windows-process-creation-1959'
const ROUNDS = 5
type Emit = Parameters<Benchmark>[0]

/** What it costs to bring Windows event logs, Zstandard and syslog into the form that rules read. */
export const ingest: Benchmark = async (emit) => {
  syslog(emit)
  if (!hasThreatData) {
    process.stderr.write('SKIPPED: set DENGTA_DATA to the folder that holds threat/\n')
    return
  }
  await eventLogs(emit)
  await zstandard(emit)
}

/** Recorded events written as EVTX: the same rules fire as on the recording, and how fast it is read. */
async function eventLogs(emit: Emit): Promise<void> {
  const lines = readBrotli(`events/${LANE}.ndjson.br`).toString('utf8').trimEnd().split('\n')
  const file = flatEventsFile(lines.map((line) => JSON.parse(line) as Record<string, unknown>))
  const { rules } = loadRules(await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS), { placeholders: ORACLE_PLACEHOLDERS })
  const matcher = new Matcher(rules, await loadMappings())
  const expected = readOracle(`rsigma-${LANE}`)
  const { read, seconds } = await readTimed(file)
  const differences = lines.filter((_, i) => matchesOf(read[i] ?? '', matcher) !== (expected.get(i) ?? '')).length
  emit(
    figure('EVTX: events whose rules differ from the oracle of the recording', differences, 'events', {
      goal: { is: '=', than: 0 },
      yardstick: `${read.length} events of ${LANE} written as EVTX (${Math.round(file.length / 2 ** 20)} MiB) and read back`,
    }),
  )
  const begun = cpuSeconds()
  for (let round = 0; round < ROUNDS; round += 1) for (const line of read) JSON.parse(line)
  const parsing = (read.length * ROUNDS) / (cpuSeconds() - begun)
  emit(
    figure('EVTX: records read', (read.length * ROUNDS) / seconds, 'records/CPU-s', {
      yardstick: `${Math.round((file.length * ROUNDS) / seconds / 1e6)} MB of EVTX; JSON.parse of what comes out: ${Math.round(parsing)}/s`,
    }),
  )
}

async function readTimed(file: Buffer): Promise<{ read: string[]; seconds: number }> {
  let read: string[] = []
  const faults: string[] = []
  const begun = cpuSeconds()
  for (let round = 0; round < ROUNDS; round += 1) {
    const parts: Buffer[] = []
    for await (const part of readEvtx(pieces(file), { file: LANE, onFault: (fault) => faults.push(fault) }))
      parts.push(part)
    read = parts.map(String).join('').trimEnd().split('\n')
  }
  if (faults.length > 0) throw new Error(`the file has faults: ${faults[0]}`)
  return { read, seconds: cpuSeconds() - begun }
}

function matchesOf(line: string, matcher: Matcher): string {
  const bytes = Buffer.from(`${line}\n`)
  const ids: string[] = []
  matcher.match(bytes, 0, bytes.length - 1, ({ id }) => ids.push(id))
  return ids.sort().join(',')
}

async function zstandard(emit: Emit): Promise<void> {
  const bytes = readBrotli('events/windows-00.ndjson.br')
  const { status, stdout } = spawnSync('zstd', ['-qc', '-3'], { input: bytes, maxBuffer: 2 ** 28 })
  if (status !== 0) {
    process.stderr.write('SKIPPED: zstd is not installed\n')
    return
  }
  const begun = cpuSeconds()
  let unpacked = 0
  for await (const part of unzstd(pieces(stdout), { file: 'bench' })) unpacked += part.length
  const seconds = cpuSeconds() - begun
  if (unpacked !== bytes.length) throw new Error('not all was unpacked')
  const zipped = gzipSync(bytes)
  const before = cpuSeconds()
  gunzipSync(zipped)
  const gunzip = bytes.length / 1e6 / (cpuSeconds() - before)
  emit(
    figure('Zstandard: unpacked', bytes.length / 1e6 / seconds, 'MB/CPU-s', {
      yardstick: `${Math.round(bytes.length / 1e6)} MB of events packed ${Math.round(bytes.length / stdout.length)} times; gunzip of zlib: ${Math.round(gunzip)} MB/s`,
    }),
  )
}

function syslog(emit: Emit): void {
  const lines = Array.from(
    { length: 200_000 },
    (_, i) =>
      `<38>1 2024-01-02T03:04:05.${String(i % 1000).padStart(3, '0')}Z host${i % 50} sshd ${i} - [meta@1 sequenceId="${i}"] Failed password for root from 192.0.2.${i % 250} port ${i % 60_000} ssh2`,
  )
  const reader = new LogLines({ onFault: () => undefined, now: () => 0 })
  const begun = cpuSeconds()
  for (const line of lines) reader.push(line)
  emit(
    figure('syslog: messages read', lines.length / (cpuSeconds() - begun), 'messages/CPU-s', {
      yardstick: 'RFC 5424 with structured data, made into JSON',
    }),
  )
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 2 ** 20) yield bytes.subarray(at, at + 2 ** 20)
}

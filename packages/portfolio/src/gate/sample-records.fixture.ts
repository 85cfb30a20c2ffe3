import type { LoggedRecord, Predicate, RecordKind } from '@dengta/evidence'
import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { Records } from './records.ts'

/** A digest for tests, told apart by its word. */
export const digestOf = (word: string): string => sha256Hex(utf8(word))

const text = (word: string) => ({ en: word, zh: word })
const at = (hour: number) => `2026-11-22T${String(hour).padStart(2, '0')}:00:00.000Z`

/** What stands in a predicate besides its header. */
type Facts<K extends RecordKind> = Omit<Predicate<K>, 'at' | 'basis' | 'scenario'>

/** Records of one scenario, in order; the id of each is a digest of its content, as in the log. */
export class SampleLog {
  readonly #records: LoggedRecord[] = []

  add<K extends RecordKind>(kind: K, facts: Facts<K>): LoggedRecord<K> {
    const index = this.#records.length
    const predicate = { ...facts, at: at(index), basis: [], scenario: 'nox' } as unknown as Predicate<K>
    const record = recordOf(kind, predicate, index)
    this.#records.push(record as LoggedRecord)
    return record
  }

  get records(): Records {
    return this.#records
  }
}

/** A record of any content, unsigned: gates read records that the ledger has checked. */
export function recordOf<K extends RecordKind>(kind: K, predicate: Predicate<K>, index: number): LoggedRecord<K> {
  const id = digestOf(canonicalJson({ kind, predicate, index }))
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: kind, predicate } as const
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload: '', signatures: [{ keyid: '', sig: '' }] }
  return { id, index, kind, statement, envelope, key: { algorithm: 'ed25519', spki: '' } } as unknown as LoggedRecord<K>
}

export const sampleStatement: Facts<'scenario'> = {
  actor: 'plant',
  owner: 'plant',
  title: text('NOx soft sensor'),
  industry: 'power',
  origin: 'real',
  painPoint: {
    decision: text('recalibrate the analyser'),
    actor: text('emission engineer'),
    quantity: text('error of the NOx value'),
    unit: 'mg/m3',
    place: text('stack of turbine 1'),
    frequency: text('hourly'),
    baseline: { value: 5.89, unit: 'mg/m3' },
  },
  requirement: {
    summary: text('predict NOx in later years'),
    criteria: [
      {
        id: 'forward',
        benchmark: 'nox-forward',
        metric: 'r2',
        direction: 'higher',
        threshold: 0.6,
        unit: '1',
        worstGroupFloor: 0.5,
        minimumRows: 5000,
      },
    ],
    errorCosts: [{ error: text('a drift that is missed'), cost: { value: 100_000, unit: 'CNY' } }],
    guardMetrics: ['mae'],
    measurement: text('against the analyser'),
  },
  file: digestOf('file'),
}

/** A whole way from pain point to a proven submission: G1, G2 and G3 stand open on it. */
export function passingLog(): SampleLog {
  const log = new SampleLog()
  log.add('scenario', sampleStatement)
  openData(log)
  log.add('submission', {
    ...{ actor: 'vendor', submission: 'sub_1', benchmark: 'nox-forward', name: 'Trees', form: 'trees' },
    ...{ model: digestOf('model'), bytes: 1000 },
  })
  const isolation = log.add('isolation', {
    ...{ actor: 'house', submission: 'sub_1', level: 'bubblewrap', held: true, parts: ['net'], missing: [] },
    probes: [{ attack: 'read-secret', held: true, seen: 'ENOENT' }],
  })
  scoreAndReplay(log, isolation.id)
  return log
}

function openData(log: SampleLog): void {
  const benchmark = 'nox-forward'
  const dataset = 'ds_1'
  log.add('benchmark', {
    ...{ actor: 'plant', benchmark, title: text('NOx forward'), task: 'regression', metric: 'r2', direction: 'higher' },
    ...{ split: { kind: 'time', rule: text('year above 2012') }, definition: digestOf('definition') },
  })
  log.add('seal', {
    ...{ actor: 'plant', benchmark, dataset, origin: 'real', licence: 'CC BY 4.0', source: 'UCI 551' },
    ...{ rows: 36_733, openRows: 15_039, hiddenRows: 21_694, columns: [], commitment: digestOf('rows') },
    ...{ hiddenCommitment: digestOf('hidden'), openPart: digestOf('open'), definition: digestOf('definition') },
  })
  log.add('quality', {
    ...{ actor: 'house', benchmark, dataset, verdict: 'pass', rowsChecked: 36_733, faults: [], report: digestOf('q') },
  })
  log.add('leak', {
    ...{ actor: 'house', benchmark, dataset, verdict: 'pass', exactVectors: 0, exactRows: 0, nearRows: 9 },
    ...{ nearDistance: 0.1, hiddenRows: 21_694, limits: { exactVectors: 0, nearShare: 0.005 } },
  })
}

const year = (part: string, value: number) => ({
  ...{ part, rows: 7000, value, low: value - 0.05, high: value + 0.05, level: 0.95, method: 'BCa' },
})

export const sampleResult: Predicate<'evaluation'>['result'] = {
  ...{ benchmark: 'nox-forward', definition: digestOf('definition'), model: digestOf('model') },
  ...{ hiddenCommitment: digestOf('hidden'), engine: 'trees-1', metric: 'r2', direction: 'higher', rows: 21_694 },
  score: { value: 0.7, low: 0.65, high: 0.74, level: 0.95, method: 'BCa' },
  guards: { mae: 4.1 },
  groups: [],
  periods: [year('2013', 0.71), year('2014', 0.66), year('2015', 0.58)],
  worst: { part: '2015', value: 0.58 },
  predictions: digestOf('predictions'),
}

function scoreAndReplay(log: SampleLog, isolation: string): void {
  const resultDigest = digestOf(canonicalJson(sampleResult))
  const cost = { cpuSeconds: 1, wallSeconds: 1, peakBytes: 1, joules: 1, joulesMethod: 'estimate' }
  const evaluation = log.add('evaluation', {
    ...{ actor: 'house', submission: 'sub_1', result: sampleResult, resultDigest, isolation, cost },
  })
  log.add('replay', {
    ...{ actor: 'house', submission: 'sub_1', evaluation: evaluation.id },
    ...{ expected: resultDigest, got: resultDigest, same: true },
  })
}

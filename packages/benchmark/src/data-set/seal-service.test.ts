import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  type Caller,
  canonicalJson,
  fixedClock,
  HOUSE,
  type RawReply,
  type Route,
  sha256Hex,
  timeOrderedIds,
  utf8,
} from '@dengta/kernel'
import { type Ledger, ledgerMigrations, openLedger } from '@dengta/ledger'
import type { BenchmarkView, QualityReport, SealAnswer } from '@dengta/sdk'
import { type Store, testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { openMigrations } from '../benchmark/migrations-open.ts'
import { SAMPLE_YAML } from '../benchmark/sample-definition.ts'
import { type OpenPart, openPart } from '../open-part.ts'
import { openRows, verifyOpening } from './commitment.ts'
import { rowBytes } from './row-text.ts'

const OWNER: Caller = { participant: 'plant', name: 'Plant', roles: ['owner'] }
const RIVAL: Caller = { participant: 'rival', name: 'Rival', roles: ['owner'] }
const CLOCK = fixedClock('2026-11-22T08:00:00Z')

/** Hidden rows hold numbers that stand nowhere else: 777.<row>7 as target, 3<row>.53333 as feature. */
const OPEN_ROWS = Array.from({ length: 12 }, (_, i) => `2012,${i + 0.25},${1000 + i * 1.5},${100 + i}`)
const HIDDEN_ROWS = Array.from({ length: 8 }, (_, i) => `2013,3${i}.53333,${2000 + i * 1.5},777.${i}7`)
const CSV = `year,a,b,y\n${[...OPEN_ROWS, ...HIDDEN_ROWS].join('\n')}\n`
const OPEN_CSV = `year,a,b,y\n${OPEN_ROWS.join('\n')}\n`
const SECRETS = /777\.\d|3\d\.53333/

function definition(change: (document: ReturnType<typeof parseDocument>) => void = () => undefined): string {
  const document = parseDocument(SAMPLE_YAML)
  change(document)
  return document.toString()
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** The content of every file of the data folder but for one folder. */
async function filesOutside(home: string, apart: string): Promise<readonly string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const outside = files.filter((file) => !file.startsWith(join(home, apart)) && !file.startsWith(join(home, 'keys')))
  return Promise.all(outside.map((file) => readFile(file, 'latin1')))
}

for (const { name, make } of testStores()) {
  describe(`sealing a data set, ${name}`, () => {
    let store: Store
    let ledger: Ledger
    let part: OpenPart
    beforeEach(async () => {
      store = await make([...ledgerMigrations, ...openMigrations])
      ledger = await openLedger({ store, clock: CLOCK, home: store.home, origin: 'test.example/log' })
      for (const participant of [HOUSE, OWNER.participant, RIVAL.participant]) await ledger.createKey(participant)
      part = opened(store)
    })
    afterEach(async () => {
      await ledger.close()
      await store.close()
    })

    const opened = (on: Store): OpenPart =>
      openPart({
        store: on,
        ledger,
        clock: CLOCK,
        ids: timeOrderedIds(CLOCK, randomBytes),
        random: randomBytes,
        limits: { maxBytes: 1e6, maxRows: 10_000 },
        scenarioOwner: async (scenario) => (scenario === 'nox' ? 'plant' : undefined),
      })
    const call = async <T>(
      path: string,
      request: { caller?: Caller; params?: object; query?: object; body?: unknown } = {},
    ): Promise<T> => {
      const [method, suffix] = path.split(' ')
      const found = part.routes.find(
        (each: Route) => each.method === method && each.path === `/api/v1/benchmarks${suffix}`,
      )
      if (!found) throw new Error(`no route ${path}`)
      const answer = await found.handle({
        caller: OWNER,
        params: { id: 'sample' },
        query: {},
        body: undefined,
        ...request,
      })
      return (found.answer === 'raw' ? answer : found.answer.parse(answer)) as T
    }
    const define = (file: string, caller = OWNER, scenario?: string) =>
      call<BenchmarkView>('POST ', { caller, body: { file, ...(scenario && { scenario }) } })
    const seal = (csv: string, caller = OWNER) =>
      call<SealAnswer>('POST /:id/data', {
        caller,
        query: { origin: 'simulated', licence: 'CC0', source: 'a test' },
        body: bytes(csv),
      })
    const sealedFolders = () => readdir(join(store.home, 'sealed')).catch(() => [])
    const download = async (path: string) => text((await call<RawReply>(path)).body as AsyncIterable<Uint8Array>)

    test('names rows that another benchmark gives away, and tells nobody what other owners hide', async () => {
      const turned = [
        ...HIDDEN_ROWS.map((row) => `2011${row.slice(4)}`),
        ...OPEN_ROWS.map((row) => `2013${row.slice(4)}`),
      ]
      const sealTurned = async (id: string, caller: Caller) => {
        await define(SAMPLE_YAML.replace('benchmark: sample', `benchmark: ${id}`), caller)
        const answer = await call<SealAnswer>('POST /:id/data', {
          caller,
          params: { id },
          query: { origin: 'simulated', licence: 'CC0', source: 'a test' },
          body: bytes(`year,a,b,y\n${turned.join('\n')}\n`),
        })
        return answer.report.faults.map(({ code, column, row }) => `${code} ${column} ${row}`)
      }
      const openThere = OPEN_ROWS.map((_, i) => `open_elsewhere sample ${i + 10}`)
      await define(SAMPLE_YAML)
      await seal(CSV)
      expect((await seal(CSV)).report.faults).toEqual([])
      expect(new Set(await sealTurned('theirs', RIVAL))).toEqual(new Set(openThere))
      const own = new Set((await sealTurned('ours', OWNER)).filter((note) => note.includes(' sample ')))
      expect(own).toEqual(new Set([...HIDDEN_ROWS.map((_, i) => `hidden_elsewhere sample ${i + 2}`), ...openThere]))
      const [record] = (await ledger.records({ kinds: ['quality'] })).slice(-1)
      expect(record?.statement.predicate).toMatchObject({ verdict: 'pass' })
    })

    test('defines a benchmark on record, shows it, and takes its name once', async () => {
      const view = await define(SAMPLE_YAML, OWNER, 'nox')
      expect(view).toMatchObject({
        id: 'sample',
        scenario: 'nox',
        unit: '1',
        features: ['a', 'b', 'ref.a', 'ref.b', 'ref.y'],
        definition: SAMPLE_YAML,
        split: { rule: { en: 'rows with year above 2012 are hidden', zh: 'year 大于 2012 的行为隐藏行' } },
      })
      const record = await ledger.find(view.record)
      expect(record?.statement.predicate).toMatchObject({ actor: 'plant', scenario: 'nox', benchmark: 'sample' })
      expect(await call('GET ')).toEqual({ benchmarks: [view] })
      await expect(define(SAMPLE_YAML)).rejects.toMatchObject({ code: 'benchmark.exists' })
      await expect(call('GET /:id', { params: { id: 'none' } })).rejects.toMatchObject({ code: 'benchmark.missing' })
    })

    test('attaches a benchmark only to a scenario of the same owner', async () => {
      await expect(define(SAMPLE_YAML, RIVAL, 'nox')).rejects.toMatchObject({ code: 'benchmark.not_your_scenario' })
      await expect(define(SAMPLE_YAML, OWNER, 'other')).rejects.toMatchObject({ code: 'benchmark.unknown_scenario' })
      expect(await ledger.records({})).toEqual([])
    })

    test('seals with three signed records that rest on each other, and serves the open part only', async () => {
      const { record } = await define(SAMPLE_YAML)
      const answer = await seal(CSV)
      if (answer.state !== 'sealed') throw new Error('refused')
      expect(answer).toMatchObject({
        rows: 20,
        openRows: 12,
        hiddenRows: 8,
        report: { verdict: 'pass' },
        leak: { verdict: 'pass' },
      })
      const [quality, leak, sealed] = await Promise.all(
        [answer.qualityRecord, answer.leakRecord, answer.sealRecord].map((id) => ledger.find(id)),
      )
      expect([quality, leak, sealed].map((each) => each?.statement.predicate.basis)).toEqual([
        [record],
        [record, answer.qualityRecord],
        [record, answer.qualityRecord, answer.leakRecord],
      ])
      expect([quality, leak, sealed].map((each) => each?.statement.predicate.actor)).toEqual([HOUSE, HOUSE, 'plant'])
      const csv = await download('GET /:id/open.csv')
      expect(csv).toBe(OPEN_CSV)
      expect(sealed?.statement.predicate).toMatchObject({
        actor: 'plant',
        commitment: answer.commitment,
        openPart: sha256Hex(utf8(csv)),
      })
      expect(quality?.statement.predicate).toMatchObject({ report: sha256Hex(utf8(canonicalJson(answer.report))) })
    })

    test('hands training and scoring rows to the house, and opens rows for an auditor', async () => {
      await define(SAMPLE_YAML)
      const answer = await seal(CSV)
      const [training, scoring] = await Promise.all([
        part.sets.training(answer.dataset),
        part.sets.scoring(answer.dataset),
      ])
      expect([training.inputs.rows, scoring.inputs.rows]).toEqual([11, 8])
      expect(scoring.target[0]).toBe(777.07)
      expect(scoring.inputs.values.subarray(0, 5)).toEqual(Float64Array.of(30.53333, 2000, 10.75, 1015.75, 110.5))
      const dataSet = await part.sets.current('sample')
      const { table, secret } = await part.sealed.read(answer.dataset, dataSet!.sealedFile)
      const rows = { rows: 20, bytesOf: rowBytes(table, ['year', 'a', 'b', 'y']) }
      const [opening] = openRows(secret, rows, [13])
      expect(Buffer.from(opening!.bytes, 'base64').toString()).toBe('[2013,31.53333,2001.5,777.17]')
      expect(verifyOpening(opening!, dataSet!.commitment, 20)).toBe(true)
    })

    test('refuses a faulty file on record, keeps nothing of it, and tells its owner where', async () => {
      await define(SAMPLE_YAML)
      const answer = await seal(CSV.replace('2013,30.53333', '2013,x').replace('777.17', ''))
      expect(answer).toMatchObject({ state: 'refused', report: { verdict: 'fail', rowsChecked: 20 } })
      expect(answer.report.faults.map(({ code, column, row }) => [code, column, row])).toEqual([
        ['not_a_number', 'a', 14],
        ['missing', 'y', 15],
      ])
      expect([await sealedFolders(), await part.sets.current('sample')]).toEqual([[], undefined])
      expect(await store.blobs.has(sha256Hex(utf8(OPEN_CSV)))).toBe(false)
      expect(await call<QualityReport>('GET /:id/quality')).toEqual(answer.report)
      expect((await ledger.records({ kinds: ['quality', 'leak', 'seal'] })).map(({ kind }) => kind)).toEqual([
        'quality',
      ])
    })

    test('a failed leak check is on record and the data is sealed', async () => {
      await define(SAMPLE_YAML)
      const answer = await seal(CSV.replace('2013,30.53333,2000', '2013,0.25,1000'))
      expect(answer).toMatchObject({ state: 'sealed', leak: { verdict: 'fail', exactVectors: 1, exactRows: 1 } })
      expect((await call<BenchmarkView>('GET /:id')).dataset).toMatchObject({
        quality: { verdict: 'pass' },
        leak: { verdict: 'fail' },
      })
      await expect(download('GET /:id/open.csv')).rejects.toMatchObject({ code: 'data_set.withheld', kind: 'conflict' })
    })

    test('the newest data set counts and the earlier stays readable', async () => {
      await define(SAMPLE_YAML)
      const first = await seal(CSV)
      const second = await seal(CSV.replace('2012,0.25', '2012,0.5'))
      expect((await part.sets.current('sample'))?.id).toBe(second.dataset)
      expect((await part.sets.scoring(first.dataset)).inputs.rows).toBe(8)
      expect((await sealedFolders()).toSorted()).toEqual([first.dataset, second.dataset].toSorted())
    })

    test('a commit that fails leaves no hidden row on the disk', async () => {
      await define(SAMPLE_YAML)
      await store
        .db<{ data_sets: object }>()
        .schema.alterTable('data_sets')
        .addColumn('more', 'text', (column) => column.notNull())
        .execute()
      await expect(seal(CSV)).rejects.toThrow()
      expect([await sealedFolders(), (await ledger.records({ kinds: ['quality', 'leak', 'seal'] })).length]).toEqual([
        [],
        0,
      ])
    })

    test('a commit whose answer is lost keeps the hidden rows of what it recorded', async () => {
      await define(SAMPLE_YAML)
      const transaction: Store['transaction'] = async (work) => {
        await store.transaction(work)
        throw new Error('the connection ended')
      }
      part = opened({ ...store, transaction })
      await expect(seal(CSV)).rejects.toThrow('the connection ended')
      part = opened(store)
      await part.clean()
      const dataSet = await part.sets.current('sample')
      expect((await part.sets.split(dataSet?.id ?? '')).table.rows).toBe(20)
    })

    test('only the owner of the benchmark seals and reads the report', async () => {
      await define(SAMPLE_YAML)
      await expect(seal(CSV, RIVAL)).rejects.toMatchObject({ code: 'data_set.not_the_owner', kind: 'forbidden' })
      await expect(call('GET /:id/quality', { caller: RIVAL })).rejects.toMatchObject({
        code: 'data_set.not_the_owner',
      })
      await expect(call('GET /:id/quality')).rejects.toMatchObject({ code: 'data_set.not_checked' })
      await expect(call('GET /:id/open.csv')).rejects.toMatchObject({ code: 'data_set.not_sealed' })
    })

    test('a split with too little on one side is told, with nothing recorded', async () => {
      await define(SAMPLE_YAML)
      await expect(seal(OPEN_CSV)).rejects.toMatchObject({
        code: 'data_set.one_sided_split',
        details: { open: 12, hidden: 0, least: 5 },
      })
      expect(await ledger.records({ kinds: ['quality', 'seal'] })).toEqual([])
    })

    test('hidden features are served without target where predictions are allowed, and nowhere else', async () => {
      await define(SAMPLE_YAML)
      await seal(CSV)
      await expect(call('GET /:id/hidden-features.csv')).rejects.toMatchObject({ code: 'data_set.stays_hidden' })
      const open = definition((document) => {
        document.set('benchmark', 'open-features')
        document.set('hidden', 'target')
        document.delete('reference')
      })
      await define(open)
      const params = { id: 'open-features' }
      await call('POST /:id/data', { params, query: { origin: 'real', licence: 'CC0', source: 'x' }, body: bytes(CSV) })
      const reply = await call<RawReply>('GET /:id/hidden-features.csv', { params })
      const csv = await text(reply.body as AsyncIterable<Uint8Array>)
      expect(csv.split('\n').slice(0, 2)).toEqual(['a,b', '30.53333,2000'])
      expect(csv).not.toMatch(/777/)
    })

    test('no hidden value stands in any answer, error, record or blob', async () => {
      await define(SAMPLE_YAML)
      const said: unknown[] = []
      const attempts = [
        CSV,
        CSV.replace('year,a,b,y\n', ''),
        CSV.replaceAll('2013,3', '2013,9003'),
        CSV.replace('777.17', '777.17x'),
        CSV.replace('777.17', '777.17\0'),
        CSV.replace('777.17', '"777.17'),
        CSV.replace('year,a,b,y', 'year,a,b,y,777.17'),
        CSV.replace('year,a,b,y', 'year,a,777.17,y'),
        CSV.replace(/^2012.*\n/gm, ''),
      ]
      for (const csv of attempts) said.push(await seal(csv).catch((error: unknown) => [String(error), error]))
      said.push(
        await call('GET /:id'),
        await call('GET '),
        await call('GET /:id/quality'),
        await download('GET /:id/open.csv'),
      )
      const records = await ledger.records({})
      said.push(records.map(({ statement }) => statement))
      said.push(await filesOutside(store.home, 'sealed'))
      expect(JSON.stringify(said).length).toBeGreaterThan(5000)
      expect(JSON.stringify(said)).not.toMatch(SECRETS)
    })

    test('a start removes hidden rows that no record speaks of', async () => {
      await define(SAMPLE_YAML)
      const { dataset } = await seal(CSV)
      await part.sealed.write('data_lost', { ...(await part.sets.split(dataset)), secret: randomBytes(32) })
      await part.clean()
      expect(await sealedFolders()).toEqual([dataset])
    })
  })
}

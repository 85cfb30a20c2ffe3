import { testStores } from '@dengta/store'
import { type AlertGroup, extendGroup, IncidentBook, openGroup, type SeenAlert } from '@dengta/threat'
import { PlainIncidentBook } from '../../packs/threat/src/incident/plain-incident-book.fixture.ts'
import { projectStep } from '../../packs/threat/src/service/flow/project-step.ts'
import type { ThreatTables } from '../../packs/threat/src/service/tables.ts'
import {
  AUDITOR,
  decisionOf,
  type ThreatHouse,
  threatHouse,
} from '../../packs/threat/src/service/threat-house.fixture.ts'
import { TRIAGE, type TriageFinding } from '../../packs/threat/src/service/triage/triage-finding.ts'
import { type Benchmark, figure } from '../figure.ts'

const FINDINGS = 10_000
/** Findings in one step, and in one part of the figures. */
const IN_STEP = 10
const PART = FINDINGS / 10
const START = Date.parse('2026-03-02T00:00:00Z')
const PAUSE_MS = 8640
const HOSTS = 2000
/** Each group takes an alert with each of so many findings after its own. */
const GROWING = 30

interface Part {
  /** CPU-seconds of the book, and of all that is written. */
  book: number
  written: number
  /** JSON of incidents in the steps. */
  bytes: number
}

/** One incident of a large network that gets 10,000 findings in a day: what the first ones cost and what the last. */
export const incidents: Benchmark = async (emit) => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  const parts = await fill(house)
  const begin = parts[1]!
  const end = parts.at(-1)!
  const per = (value: number) => `${((1e6 * value) / PART).toFixed(0)} µs`
  const how = 'second tenth against last tenth of 10,000 findings, CPU; the first tenth warms up'
  emit(
    figure('incident of 10,000: CPU of the book a finding, end against beginning', end.book / begin.book, 'times', {
      goal: { is: '<=', than: 1.5 },
      yardstick: `${per(begin.book)}, then ${per(end.book)}; ${how}; a book that keeps all its findings: ${plainCost()}`,
    }),
  )
  emit(
    figure(
      'incident of 10,000: CPU of writing a finding, end against beginning',
      end.written / begin.written,
      'times',
      {
        goal: { is: '<=', than: 1.5 },
        yardstick: `${per(begin.written)}, then ${per(end.written)}, ${IN_STEP} in a step, decisions included; ${how}`,
      },
    ),
  )
  emit(
    figure('incident of 10,000: bytes of news a finding, at the end', end.bytes / PART, 'bytes', {
      goal: { is: '<=', than: 8000 },
      yardstick: `${(begin.bytes / PART).toFixed(0)} at the beginning`,
    }),
  )
  await emitRow(emit, house)
  await house.close()
}

async function emitRow(emit: Parameters<Benchmark>[0], house: ThreatHouse): Promise<void> {
  const id = { params: { id: 'incident_test_0' } }
  const { body } = await house.store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .select('body')
    .where('id', '=', id.params.id)
    .executeTakeFirstOrThrow()
  const read = await cpu(() => house.call(AUDITOR, 'GET /incidents/:id', id))
  emit(
    figure('incident of 10,000: body of its row', body.length, 'characters', {
      goal: { is: '<=', than: 8000 },
      yardstick: `its page, 1,000 groups shown, is read in ${(1000 * read).toFixed(0)} ms CPU`,
    }),
  )
}

async function fill(house: ThreatHouse): Promise<readonly Part[]> {
  const book = new IncidentBook()
  const write = writer(house)
  const parts: Part[] = []
  const groups: AlertGroup[] = []
  for (let at = 0; at < FINDINGS; at += IN_STEP) {
    if (at % PART === 0) parts.push({ book: 0, written: 0, bytes: 0 })
    const part = parts.at(-1)!
    const findings: TriageFinding[] = []
    for (let number = at; number < at + IN_STEP; number += 1) {
      const group = nextGroup(groups, number)
      const decided = decisionOf(group, 'escalate', number % 9)
      part.book += await cpu(() => {
        const news = book.add({ group, score: number % 9 })
        findings.push(decided, ...news.map((each): TriageFinding => ({ kind: 'incident', network: 'net', ...each })))
      })
    }
    part.bytes += JSON.stringify(findings.filter(({ kind }) => kind === 'incident')).length
    part.written += await cpu(() => write(at + 1, findings))
  }
  return parts
}

/** What a step means, as the sink of a flow writes it, without the files of the steps. */
function writer({ store, clock }: ThreatHouse) {
  const project = projectStep({ flow: 'test', now: () => clock.now(), endpoints: () => [] })
  return (position: number, found: readonly TriageFinding[]): Promise<void> => {
    const findings = found.map((body, at) => ({ stage: TRIAGE, id: `${position}:${at}`, body }))
    const step = { position, timeMs: clock.now().getTime(), alerts: [], findings }
    return store.transaction<ThreatTables, void>((tx) => project(tx, step))
  }
}

/** The same without anything written: CPU of the twin that keeps all findings, at the beginning and at the end. */
function plainCost(): string {
  const book = new PlainIncidentBook()
  const groups: AlertGroup[] = []
  const parts: number[] = []
  for (let number = 0; number < FINDINGS; number += 1) {
    if (number % PART === 0) parts.push(0)
    const group = nextGroup(groups, number)
    const from = process.cpuUsage()
    book.add({ group, score: number % 9 })
    parts[parts.length - 1]! += used(from)
  }
  const per = (value = 0) => `${((1e6 * value) / PART).toFixed(0)} µs`
  return `${per(parts[1])}, then ${per(parts.at(-1))}, without copying them for each`
}

/** A new group; the newest others take an alert each. */
function nextGroup(groups: AlertGroup[], number: number): AlertGroup {
  const alert = alertAt(number)
  for (const group of groups.slice(-GROWING))
    extendGroup(group, { ...alert, signature: group.signature, host: group.host })
  const group = openGroup(number, alert)
  groups.push(group)
  return group
}

const alertAt = (number: number): SeenAlert => ({
  ...{ id: `alert-${number}`, time: START + number * PAUSE_MS, signature: `Rule ${number % 400}`, level: 'high' },
  ...{ host: `ws-${number % HOSTS}.example.org`, account: `EXAMPLE\\user-${number % 3000}`, process: 'powershell.exe' },
  ...{ addresses: [`10.4.${(number >> 8) & 255}.${number & 255}`], techniques: ['T1059.001'], detector: 'sigma' },
})

async function cpu(work: () => unknown): Promise<number> {
  const from = process.cpuUsage()
  await work()
  return used(from)
}

function used(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1e6
}

import type { Clock, Progress, Text } from '@dengta/kernel'
import { ApiError, type Client, type GateView } from '@dengta/sdk'
import { awaitPlan } from '../cli/commands/compute-commands.ts'
import { awaitScore } from '../cli/commands/submission-commands.ts'
import { chooseParts } from './recipe.ts'
import { askSampleDay } from './run-sample-day.ts'
import type { SampleData } from './sample-data.ts'
import type { Trainer } from './trainer.ts'
import type { SampleProgramme, Walk, WalkBenchmark, WalkSubmission } from './walk.ts'

export interface RunProgrammeOptions {
  readonly programme: SampleProgramme
  /** A client that acts as the named participant; `house` for the operator. */
  readonly clientOf: (participant: string) => Client
  readonly dataOf: (walk: Walk) => Promise<SampleData>
  readonly train: Trainer
  readonly progress: Progress
  /** Called with each decided gate as it falls. */
  readonly onGate: (gate: GateView) => void
  readonly note: (text: Text) => void
  readonly clock: Clock
}

/** Takes every scenario of the sample programme from pain point to decided gates. Steps already on record are passed over. */
export async function runProgramme(options: RunProgrammeOptions): Promise<void> {
  const house = options.clientOf('house')
  const steps = countSteps(options.programme.walks) + 1
  for (const participant of options.programme.participants) await unlessThere(() => house.addParticipant(participant))
  let done = 0
  const step = (label: Text): void => {
    options.progress({ label, done, total: steps })
    done += 1
  }
  const plan = await askSampleDay(house, options)
  for (const walk of options.programme.walks)
    await runWalk(walk, { ...options, dataOf: () => options.dataOf(walk) }, step)
  step({ en: 'chips and electricity: planning the sample day', zh: '算电协同：为样例日排程' })
  if (plan !== undefined) await awaitPlan(house, plan, { progress: () => {} })
}

type Step = (label: Text) => void

/** A scenario with its benchmarks and submissions; where its data comes from is said apart. */
type Told = Omit<Walk, 'recipe'>

function countSteps(walks: readonly Walk[]): number {
  return walks.reduce((sum, walk) => sum + 2 + walk.benchmarks.length + 2 * walk.submissions.length, 0)
}

/** What one walk needs. */
export type RunWalkOptions = Omit<RunProgrammeOptions, 'programme' | 'clock' | 'dataOf'> & {
  readonly dataOf: () => Promise<SampleData>
}

/** Takes one scenario from pain point to decided gates. */
export async function runWalk(walk: Told, options: RunWalkOptions, step: Step): Promise<void> {
  const owner = options.clientOf(walk.owner)
  step({ en: `${walk.scenario}: obtaining the data`, zh: `${walk.scenario}：获取数据` })
  const data = (await isSealed(owner, walk)) ? undefined : await options.dataOf()
  if (data) options.note(whereFrom(walk, data))

  step({ en: `${walk.scenario}: stating the scenario`, zh: `${walk.scenario}：陈述场景` })
  await unlessThere(
    () => owner.getScenario(walk.scenario),
    () => owner.stateScenario({ file: statementOf(walk, data) }),
  )
  await decide(walk, { gate: 'G1', about: walk.scenario }, options)

  for (const benchmark of walk.benchmarks) {
    step({
      en: `${benchmark.id}: checking, splitting and sealing the rows`,
      zh: `${benchmark.id}：检查、划分并封存数据`,
    })
    if (data) await sealOnce(owner, { walk, benchmark, data })
    await decide(walk, { gate: 'G2', about: benchmark.id }, options)
  }
  await runSubmissions(walk, options, step)
}

/** The scenario file; where its data had to be simulated, the statement says so too. */
function statementOf({ scenarioFile }: Told, data: SampleData | undefined): string {
  return data?.origin === 'simulated' ? scenarioFile.replace(/^origin: real$/m, 'origin: simulated') : scenarioFile
}

/** Whether every benchmark of the walk has its data; then nothing needs to be obtained. */
async function isSealed(owner: Client, { benchmarks }: Told): Promise<boolean> {
  const known = new Map((await owner.listBenchmarks()).map((each) => [each.id, each]))
  return benchmarks.every(({ id }) => known.get(id)?.dataset !== undefined)
}

interface Sealing {
  readonly walk: Told
  readonly benchmark: WalkBenchmark
  readonly data: SampleData
}

async function sealOnce(owner: Client, { walk, benchmark, data }: Sealing): Promise<void> {
  await unlessThere(
    () => owner.getBenchmark(benchmark.id),
    () => owner.defineBenchmark({ file: benchmark.file, scenario: walk.scenario }),
  )
  const { dataset } = await owner.getBenchmark(benchmark.id)
  if (dataset) return
  const { origin, licence, source } = data
  const csv = new TextEncoder().encode(benchmark.parts ? chooseParts(data.csv, benchmark.parts) : data.csv)
  await owner.sealData(benchmark.id, { origin, licence, source }, csv)
}

/** While one model is scored in the sandbox the next is trained. */
async function runSubmissions(walk: Told, options: RunWalkOptions, step: Step): Promise<void> {
  const { submissions } = walk
  let handedIn: string | undefined
  for (let i = 0; i <= submissions.length; i += 1) {
    const [former, next] = [submissions[i - 1], submissions[i]]
    const [id] = await Promise.all([
      next && handIn(next, options, step),
      former && handedIn && score(walk, { id: handedIn, submission: former }, { ...options, step }),
    ])
    handedIn = id
  }
}

/** Trains the model and hands it in, unless that has been done; answers its id. */
async function handIn(submission: WalkSubmission, options: RunWalkOptions, step: Step): Promise<string> {
  const developer = options.clientOf(submission.by)
  const { benchmark, form, name, train } = submission
  step({ en: `${benchmark}: training "${name}" on the open rows`, zh: `${benchmark}：用公开数据训练“${name}”` })
  const known = (await developer.listSubmissions(benchmark)).find((each) => each.name === name)
  return known?.id ?? (await trainAndSubmit(developer, { benchmark, form, name, train }, options.train))
}

/** Waits for the score, replays it once and decides on production. */
async function score(
  walk: Told,
  { id, submission: { by, benchmark, name } }: { readonly id: string; readonly submission: WalkSubmission },
  options: RunWalkOptions & { readonly step: Step },
): Promise<void> {
  options.step({
    en: `${benchmark}: scoring "${name}" on the hidden rows`,
    zh: `${benchmark}：在隐藏数据上评测“${name}”`,
  })
  const scored = await awaitScore(options.clientOf(by), id, { progress: () => {} })
  if (scored.state === 'scored' && !scored.replay) await replay(id, options)
  await decide(walk, { gate: 'G3', about: id }, options)
}

/** A score of a former engine cannot be replayed by this one; the gate then says so, and the walk goes on. */
async function replay(id: string, { clientOf, note }: RunWalkOptions): Promise<void> {
  await clientOf('house')
    .replaySubmission(id)
    .catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.code !== 'submission.other_engine') throw error
      note(error.text)
    })
}

async function trainAndSubmit(developer: Client, wish: Omit<WalkSubmission, 'by'>, train: Trainer): Promise<string> {
  const [{ definition }, rows] = await Promise.all([
    developer.getBenchmark(wish.benchmark),
    developer.downloadOpenRows(wish.benchmark),
  ])
  const openRows = new Uint8Array(await rows.arrayBuffer())
  const model = await train({ definition, openRows, kind: wish.train, form: wish.form, seed: 1 })
  const view = await developer.submitModel(wish.benchmark, { form: wish.form, name: wish.name }, model)
  return view.id
}

/** Decides a gate that the scenario asks about, unless the newest signed decision says what the records say now. */
async function decide(
  walk: Told,
  wish: { gate: 'G1' | 'G2' | 'G3'; about: string },
  { clientOf, onGate }: RunWalkOptions,
): Promise<void> {
  const gates = await clientOf('house').listGates(walk.scenario)
  const known = gates.find((each) => each.gate === wish.gate && each.about === wish.about)
  if (!known) return
  onGate(known.decided?.decision === known.decision ? known : await clientOf('house').decideGate(walk.scenario, wish))
}

function whereFrom({ scenario }: Told, { found, source, licence }: SampleData): Text {
  if (found === 'simulator')
    return { en: `${scenario}: SIMULATED data (${source})`, zh: `${scenario}：使用模拟数据（${source}）` }
  return { en: `${scenario}: real data, ${source} (${licence})`, zh: `${scenario}：真实数据，${source}（${licence}）` }
}

/** Runs `make` where `look` finds nothing; with one argument, a conflict means that it is there already. */
async function unlessThere(look: () => Promise<unknown>, make?: () => Promise<unknown>): Promise<void> {
  try {
    await look()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (make && error.status === 404) await make()
    else if (make || error.status !== 409) throw error
  }
}

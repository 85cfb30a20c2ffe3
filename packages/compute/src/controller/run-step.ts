import type { Clock } from '@dengta/kernel'
import type { Executor, Usage } from '../executor/executor.ts'
import type { Action } from './action.ts'
import { type ControlStep, controlStep, runningOver } from './control-step.ts'
import { type ControllerJournal, type ControllerMemory, type JournalEntry, recall, remember } from './journal.ts'
import type { PowerLimits } from './power-limits.ts'
import type { OverLimit } from './power-tree.ts'
import type { Wanted } from './wanted.ts'

export interface StepPorts {
  readonly executor: Executor
  readonly wanted: () => Wanted | Promise<Wanted>
  readonly limits: (now: number) => PowerLimits
  readonly clock: Clock
  readonly journal: ControllerJournal
  /** Called for each job that ended; again for the same job after a crash, so it must keep the first. */
  readonly record: (usage: Usage) => Promise<void>
}

/** What the controller holds between two steps; all of it can be lost, the journal and the engine bring it back. */
export interface RunnerState {
  readonly memory: ControllerMemory
  readonly fixedPower: Set<string>
  readonly guards: Map<string, number>
}

export interface StepOutcome {
  readonly at: number
  readonly actions: readonly Action[]
  /** What stands above its limit now that the step is done. */
  readonly over: readonly OverLimit[]
}

export async function loadState(journal: ControllerJournal): Promise<RunnerState> {
  return { memory: recall(await journal.read()), fixedPower: new Set(), guards: new Map() }
}

/** Reads the engine, decides, acts, reads again. Where the engine cannot change a power level it decides anew at once. */
export async function runStep(ports: StepPorts, state: RunnerState): Promise<StepOutcome> {
  await recordEnded(ports, state)
  const actions: Action[] = []
  for (let learned = true; learned; ) {
    const step = await decide(ports, state)
    await noteOver(step.over, ports, state)
    const fixed = state.fixedPower.size
    for (const job of await perform(step.actions, ports, state)) state.fixedPower.add(job)
    actions.push(...step.actions)
    learned = state.fixedPower.size > fixed
  }
  return { at: ports.clock.now().getTime(), actions, over: await noteWithin(ports, state) }
}

async function decide({ executor, wanted, limits, clock }: StepPorts, state: RunnerState): Promise<ControlStep> {
  const [jobs, asked] = await Promise.all([executor.jobs(), wanted()])
  const now = clock.now().getTime()
  const { ended, cutUnder } = state.memory
  return controlStep({ now, jobs, ended, cutUnder, ...state }, asked, limits(now))
}

async function note(entry: JournalEntry, { journal }: StepPorts, state: RunnerState): Promise<void> {
  await journal.append(entry)
  remember(state.memory, entry)
}

async function recordEnded(ports: StepPorts, state: RunnerState): Promise<void> {
  for (const usage of await ports.executor.usage(state.memory.usageUpTo)) {
    if (state.memory.ended.has(usage.job)) continue
    await ports.record(usage)
    const end = usage.exitCode === 0 ? 'done' : 'failed'
    await note({ kind: 'ended', at: usage.endedAt, job: usage.job, state: end }, ports, state)
  }
}

/** Performs the actions in their order; answers with the jobs whose power the engine could not change, and stops there. */
async function perform(actions: readonly Action[], ports: StepPorts, state: RunnerState): Promise<readonly string[]> {
  for (const action of actions) {
    const refused = await performOne(action, ports, state)
    if (refused.length > 0) return refused
  }
  return []
}

const NONE: readonly string[] = []

async function performOne(action: Action, ports: StepPorts, state: RunnerState): Promise<readonly string[]> {
  const { executor } = ports
  const at = ports.clock.now().getTime()
  switch (action.do) {
    case 'guard':
      await executor.setPowerLimit(action.site, action.kw)
      state.guards.set(action.site, action.kw)
      return NONE
    case 'levels':
      return setLevels(action.levels, ports, state)
    case 'requeue':
      await note({ kind: 'cut', at, victims: action.victims }, ports, state)
      await executor.requeue(action.victims.map(({ job }) => job))
      return NONE
    case 'submit':
      await executor.submit(action.order, action.held)
      return NONE
    default:
      await executor[action.do](action.job)
      return NONE
  }
}

async function setLevels(
  levels: Extract<Action, { do: 'levels' }>['levels'],
  ports: StepPorts,
  state: RunnerState,
): Promise<readonly string[]> {
  const refused = await ports.executor.setLevels(levels)
  const done = levels.filter(({ job }) => !refused.includes(job))
  if (done.length > 0) await note({ kind: 'levels', at: ports.clock.now().getTime(), levels: done }, ports, state)
  return refused
}

/** The moment a limit was first seen broken is journalled before anything is done about it. */
async function noteOver(over: readonly OverLimit[], ports: StepPorts, state: RunnerState): Promise<void> {
  const at = ports.clock.now().getTime()
  for (const each of over)
    if (!state.memory.overSince.has(each.node)) await note({ kind: 'over', at, ...each }, ports, state)
}

async function noteWithin(ports: StepPorts, state: RunnerState): Promise<readonly OverLimit[]> {
  const at = ports.clock.now().getTime()
  const over = runningOver(await ports.executor.jobs(), ports.limits(at))
  for (const [node, since] of [...state.memory.overSince]) {
    const still = over.some((each) => each.node === node)
    if (!still) await note({ kind: 'within', at, node, seconds: (at - since) / 1000 }, ports, state)
  }
  return over
}

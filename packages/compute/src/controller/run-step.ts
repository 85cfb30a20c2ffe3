import { AppError, type Clock } from '@dengta/kernel'
import type { EngineJob, Executor, Order, Usage } from '../executor/executor.ts'
import type { Action, LevelChange, Resize } from './action.ts'
import { type ControlStep, controlStep, runningOver } from './control-step.ts'
import { inLanes, type Lanes } from './in-lanes.ts'
import { type ControllerJournal, type ControllerMemory, type JournalEntry, recall, remember } from './journal.ts'
import { hasFallen, type PowerLimits } from './power-limits.ts'
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
  readonly fixedGang: Set<string>
  readonly guards: Map<string, number>
  /** Job: when the engine was first asked to cancel it. */
  readonly cancelAsked: Map<string, number>
}

export interface StepOutcome {
  readonly at: number
  readonly actions: readonly Action[]
  /** What stands above its limit now that the step is done. */
  readonly over: readonly OverLimit[]
  /** The first thing that the engine refused or the journal could not keep; the rest was done all the same. */
  readonly fault?: AppError | undefined
}

export async function loadState(journal: ControllerJournal): Promise<RunnerState> {
  const learnt = { fixedPower: new Set<string>(), fixedGang: new Set<string>() }
  return { memory: recall(await journal.read()), ...learnt, guards: new Map(), cancelAsked: new Map() }
}

/**
 * Reads the engine, cuts, records what ended, fills, reads again. It decides anew at once where the engine cannot change a
 * power level, and where a limit falls while it records or fills: a cut never waits for either.
 */
export async function runStep(ports: StepPorts, state: RunnerState): Promise<StepOutcome> {
  const actions: Action[] = []
  let faults: AppError[] = []
  for (let settled = false; !settled; ) {
    const decision = await decide(ports, state)
    faults = []
    await noteOver(decision.step.over, ports, state).catch(noteFault(faults))
    settled = await perform(decision, { ports, state, done: actions, faults })
  }
  const over = await noteWithin(ports, state, faults)
  return { at: ports.clock.now().getTime(), actions, over, fault: faults[0] }
}

interface Decision {
  readonly step: ControlStep
  readonly limits: PowerLimits
}

async function decide({ executor, wanted, limits, clock }: StepPorts, state: RunnerState): Promise<Decision> {
  const listed = executor.jobs().catch((thrown: unknown) => {
    // whatever answers next may be an engine that was set up anew
    state.guards.clear()
    throw thrown
  })
  const [jobs, asked] = await Promise.all([listed, wanted()])
  const now = clock.now().getTime()
  forgetGone(state, jobs)
  const { ended, cutUnder, resized } = state.memory
  const held = limits(now)
  return { step: controlStep({ now, jobs, ended, cutUnder, resized, ...state }, asked, held), limits: held }
}

/** What the engine cannot do with a job matters as long as it shows the job. */
function forgetGone({ fixedPower, fixedGang, cancelAsked }: RunnerState, jobs: readonly EngineJob[]): void {
  const shown = new Set(jobs.map(({ job }) => job))
  for (const kept of [fixedPower, fixedGang, cancelAsked])
    for (const job of kept.keys()) if (!shown.has(job)) kept.delete(job)
}

async function note(entry: JournalEntry, { journal }: StepPorts, state: RunnerState): Promise<void> {
  await journal.append(entry)
  remember(state.memory, entry)
}

/** False where it stopped before the last: `goOn` said no, or the engine did not answer; the next time begins with what was left. */
async function recordEnded({ ports, state, faults }: Performance, goOn: () => boolean): Promise<boolean> {
  try {
    for (const usage of await ports.executor.usage(state.memory.usageUpTo)) {
      if (state.memory.ended.has(usage.job)) continue
      if (!goOn()) return false
      await ports.record(usage)
      const end = usage.exitCode === 0 ? 'done' : 'failed'
      await note({ kind: 'ended', at: usage.endedAt, job: usage.job, state: end }, ports, state)
    }
    return true
  } catch (thrown) {
    noteFault(faults)(thrown)
    return false
  }
}

interface Performance {
  readonly ports: StepPorts
  readonly state: RunnerState
  /** Grows by every action that was performed. */
  readonly done: Action[]
  /** What the engine refused, or the journal could not keep. */
  readonly faults: AppError[]
}

/** Calls at the same time; an engine takes 10 to 40 ms for each. */
const CALLS_AT_ONCE = 8

/** An engine that refuses so many calls of a step is left alone until the next one: each may have taken its whole time-out. */
const MOST_FAULTS = 8

/** False where the rest of the step was left out because something was learnt or a limit has fallen. */
async function perform({ step, limits }: Decision, performance: Performance): Promise<boolean> {
  const { ports, state, faults } = performance
  const fixed = fixedOf(state)
  if (!(await cut(step, performance))) return false
  // who is not cut as decided holds power that was to be given away
  if (faults.length > 0) return true
  const unchanged = (): boolean =>
    fixedOf(state) === fixed && !hasFallen(limits, ports.limits(ports.clock.now().getTime()))
  const lane = lanes(performance, () => faults.length < MOST_FAULTS && unchanged())
  if (!(await inLanes(step.holds, lane))) return unchanged()
  // one that has ended, and that nobody told of, would run a second time
  const isTold = await recordEnded(performance, lane.goOn)
  const isNew = ({ job }: Order): boolean => isTold && !state.memory.ended.has(job)
  const fills = step.fills.filter((action) => action.do !== 'submit' || isNew(action.order))
  if (!(await inLanes(fills, lane))) return unchanged()
  await inLanes(step.raises, { ...lane, width: 1 })
  return unchanged()
}

/** False where the engine has said what it cannot do. */
async function cut({ cuts, holds }: ControlStep, performance: Performance): Promise<boolean> {
  const { state, faults } = performance
  const fixed = fixedOf(state)
  const whatever = lanes(performance, () => true)
  let heldBack = false
  for (const group of cuts) {
    await inLanes(group, whatever)
    if (fixedOf(state) > fixed) return false
    if (heldBack || faults.length === 0) continue
    // where the guard did not fall, what waits might take the power that the cut sets free
    heldBack = true
    await inLanes(holds, whatever)
  }
  return true
}

/** Calls that go out several at once; one that the engine refuses keeps no other back. */
const lanes = (performance: Performance, goOn: () => boolean): Lanes<Action> => ({
  ...{ width: CALLS_AT_ONCE, goOn },
  act: (action) => performOne(action, performance).catch(noteFault(performance.faults)),
})

/** A step is made as far as it can be: a call that the engine refuses, or a full disk, keeps no other call from going out. */
const noteFault =
  (faults: AppError[]) =>
  (thrown: unknown): void => {
    if (!(thrown instanceof AppError)) throw thrown
    faults.push(thrown)
  }

/** How many things the engine has said that it cannot do. */
const fixedOf = ({ fixedPower, fixedGang }: RunnerState): number => fixedPower.size + fixedGang.size

async function performOne(action: Action, performance: Performance): Promise<void> {
  const { ports, state, done } = performance
  const { executor } = ports
  switch (action.do) {
    case 'guard':
      await executor.setPowerLimit(action.site, action.kw)
      state.guards.set(action.site, action.kw)
      break
    case 'levels':
      await setLevels(action.levels, ports, state)
      break
    case 'resize':
      await resize(action.jobs, performance)
      break
    case 'requeue':
      await noteCut({ kind: 'cut', at: ports.clock.now().getTime(), victims: action.victims }, performance)
      await executor.requeue(action.victims.map(({ job }) => job))
      break
    case 'submit':
      await executor.submit(action.order, action.held)
      break
    case 'cancel':
      if (!state.cancelAsked.has(action.job)) state.cancelAsked.set(action.job, ports.clock.now().getTime())
      await executor.cancel(action.job)
      break
    default:
      await executor[action.do](action.job)
  }
  done.push(action)
}

/** What cannot be journalled is remembered as long as this controller runs. */
async function noteCut(entry: JournalEntry, { ports, state, faults }: Performance): Promise<void> {
  remember(state.memory, entry)
  await ports.journal.append(entry).catch(noteFault(faults))
}

/** Jobs whose power the engine cannot change are remembered, so that the next decision leaves their level alone. */
async function setLevels(levels: readonly LevelChange[], ports: StepPorts, state: RunnerState): Promise<void> {
  const refused = await ports.executor.setLevels(levels)
  for (const job of refused) state.fixedPower.add(job)
  const changed = levels.filter(({ job }) => !refused.includes(job))
  if (changed.length > 0) await note({ kind: 'levels', at: ports.clock.now().getTime(), levels: changed }, ports, state)
}

/** Who shrinks is journalled before the engine is asked, so that after a crash it comes back no larger; who grows, once it has. */
async function resize(jobs: readonly Resize[], performance: Performance): Promise<void> {
  const { ports, state } = performance
  const at = (): number => ports.clock.now().getTime()
  const shrinking = jobs.filter(({ chips, from }) => chips < from)
  if (shrinking.length > 0) await noteCut({ kind: 'resized', at: at(), jobs: shrinking }, performance)
  const refused = await ports.executor.resize(jobs.map(({ job, chips, kw, minutes }) => ({ job, chips, kw, minutes })))
  for (const { job } of shrinking) if (refused.includes(job)) state.fixedGang.add(job)
  const grown = jobs.filter(({ job, chips, from }) => chips > from && !refused.includes(job))
  if (grown.length > 0) await note({ kind: 'resized', at: at(), jobs: grown }, ports, state)
}

/** The moment a limit was first seen broken is journalled before anything is done about it. */
async function noteOver(over: readonly OverLimit[], ports: StepPorts, state: RunnerState): Promise<void> {
  const at = ports.clock.now().getTime()
  for (const each of over)
    if (!state.memory.overSince.has(each.node)) await note({ kind: 'over', at, ...each }, ports, state)
}

async function noteWithin(ports: StepPorts, state: RunnerState, faults: AppError[]): Promise<readonly OverLimit[]> {
  const at = ports.clock.now().getTime()
  const over = runningOver(await ports.executor.jobs(), ports.limits(at))
  for (const [node, since] of [...state.memory.overSince]) {
    const still = over.some((each) => each.node === node)
    if (still) continue
    await note({ kind: 'within', at, node, seconds: (at - since) / 1000 }, ports, state).catch(noteFault(faults))
  }
  return over
}

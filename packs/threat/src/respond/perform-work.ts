import type { Text } from '@dengta/kernel'
import type { Values } from '../playbook/evaluate-condition.ts'
import type { Answer, Prepared } from './adapter.ts'
import { digestOf } from './plan-work.ts'
import { type ResponseParts, record, without } from './response-parts.ts'
import type { Run, Work } from './run.ts'
import { runCheck } from './run-check.ts'
import { sameWords } from './same-words.ts'
import { sendOrSay } from './send-or-say.ts'

/** Milliseconds beyond the time limit of a command before another worker may take over. */
const GRACE = 5_000
const NO_CHECK: Text = { en: 'no check can tell', zh: '没有可用于确认的检查' }
const FAILED_BEFORE: Text = { en: 'it had failed when the last worker stopped', zh: '上一执行进程停止时已告失败' }

export interface Performed {
  readonly run: Run
  /** `manual`: a person must act. `uncertain`: a command may have taken effect and nothing can tell; a person must. */
  readonly result: 'succeeded' | 'failed' | 'manual' | 'uncertain'
  readonly detail: Text
}

interface Stepped {
  readonly run: Run
  readonly outcome: Answer['outcome']
  readonly detail: Text
}

/**
 * Sends the commands of `run.work` in turn, each written down before and after. One whose answer was lost, or that was in flight when
 * the last worker died, is looked up by the check, never sent again on suspicion. `values` serve the expectation of the check.
 */
export async function performWork(parts: ResponseParts, start: Run, values: Values): Promise<Performed> {
  let run = start
  for (;;) {
    const work = run.work as Work
    const command = work.commands[work.next]
    if (hasFailed(work)) return { run, result: 'failed', detail: FAILED_BEFORE }
    if (command === undefined) return confirm(parts, run, values)
    if (command.type === 'manual') return { run, result: 'manual', detail: sameWords('') }
    const sent = work.inFlight ? undefined : await sendOne(parts, run, command)
    const known = sent && sent.outcome !== 'unknown' ? sent : await lookUp(parts, sent?.run ?? run, values)
    run = known.run
    if (known.outcome === 'unknown') return { run, result: 'uncertain', detail: sent?.detail ?? known.detail }
    if (known.outcome === 'failed' && work.attempt > work.retries)
      return { run, result: 'failed', detail: known.detail }
    if (known.outcome === 'failed') await parts.pause(1000 * 2 ** (work.attempt - 1))
  }
}

/** Its attempts are used up, and only leaving the step was not written down any more. */
const hasFailed = ({ inFlight, attempt, retries }: Work): boolean => !inFlight && attempt > retries + 1

/** The work after an answer. A failed command stays the next one; whether it is sent again is decided by its attempts. */
function after(work: Work, outcome: Answer['outcome'], outputs: Answer['outputs']): Work {
  if (outcome === 'unknown') return work
  if (outcome === 'failed') return { ...work, attempt: work.attempt + 1, inFlight: false }
  const kept = Object.entries(outputs).filter(([name]) => work.keeps.includes(name))
  return {
    ...work,
    next: work.next + 1,
    attempt: 1,
    inFlight: false,
    outputs: { ...work.outputs, ...Object.fromEntries(kept) },
  }
}

async function sendOne(parts: ResponseParts, run: Run, command: Prepared): Promise<Stepped> {
  const work = run.work as Work
  const { step, phase, next, attempt } = work
  const line = { step, phase, command: next, attempt, request: digestOf(command) }
  const until = new Date(parts.clock.now().getTime() + command.timeoutMs + GRACE).toISOString()
  const flying: Run = { ...run, work: { ...work, inFlight: true }, busy: { holder: parts.holder, until } }
  const intended = await record(parts, flying, { kind: 'intended', ...line })
  const begun = parts.clock.now().getTime()
  const answer = await sendOrSay(parts, command)
  const { outcome, digest, outputs } = answer
  const detail = answer.text ?? sameWords(answer.detail)
  const landed: Run = { ...without(intended, 'busy'), work: after(intended.work as Work, outcome, outputs) }
  const written = await record(parts, landed, {
    ...{ kind: 'answered', ...line, outcome, detail, milliseconds: parts.clock.now().getTime() - begun },
    ...(digest === undefined ? {} : { answer: digest }),
  })
  return { run: written, outcome, detail }
}

/** The check tells of the last command of a work only: it looks at the state that all of them lead to. */
async function lookUp(parts: ResponseParts, run: Run, values: Values): Promise<Stepped> {
  const work = run.work as Work
  const { step, phase, next, check } = work
  if (check === undefined || next < work.commands.length - 1) return { run, outcome: 'unknown', detail: NO_CHECK }
  const { holds, detail, outputs } = await runCheck(parts, check, values)
  const outcome = holds === undefined ? 'unknown' : holds ? 'succeeded' : 'failed'
  const landed: Run = { ...without(run, 'busy'), work: after(work, outcome, outputs) }
  const written = await record(parts, landed, {
    ...{ kind: 'verified', step, phase, command: next, outcome, detail },
  })
  return { run: written, outcome, detail }
}

async function confirm(parts: ResponseParts, run: Run, values: Values): Promise<Performed> {
  const work = run.work as Work
  if (work.check === undefined) return { run, result: 'succeeded', detail: sameWords('') }
  const { holds, detail, outputs } = await runCheck(parts, work.check, values)
  const kept = Object.entries(outputs).filter(([name]) => work.keeps.includes(name))
  const checked: Run = { ...run, work: { ...work, outputs: { ...work.outputs, ...Object.fromEntries(kept) } } }
  const outcome = holds === true ? 'succeeded' : 'failed'
  const { step, phase } = work
  const written = await record(parts, checked, { kind: 'verified', step, phase, outcome, detail })
  return { run: written, result: outcome, detail }
}

import { AppError } from '@dengta/kernel'
import type { Sandbox, SandboxJob, SandboxLimits, SandboxResult } from '@dengta/sandbox'
import type { BlobStore } from '@dengta/store'
import { decodeNumbers } from '../scoring/matrix-file.ts'
import { orderSeed } from '../scoring/row-order.ts'
import { EXIT_WRONG_SHAPE, type RunTask } from '../scoring/run-task.ts'
import { type EvaluationResult, score } from '../scoring/score.ts'
import { modelTaskOf } from '../submission/model-task-of.ts'
import type { Submission } from '../submission/submission.ts'
import { submissionErrors as errors } from '../submission/submission-errors.ts'
import type { RefusalStage } from '../submission/submission-records.ts'
import { engineName } from './engine.ts'
import type { HiddenSet } from './hidden-sets.ts'

export interface RunParts {
  readonly sandbox: Sandbox
  readonly blobs: BlobStore
}

export interface Refused {
  readonly stage: RefusalStage
  readonly reason: AppError
  /** How the sandbox says the run ended. */
  readonly outcome: string
}

/** A run either has a score or a reason why not; `run` tells its cost. */
export type ScoredRun =
  | { readonly run: SandboxResult; readonly predictions: Float64Array; readonly result: EvaluationResult }
  | { readonly run: SandboxResult; readonly refused: Refused }

const MEBIBYTE = 1024 * 1024
/** Threads beside those of Node. */
const PROCESSES = 8
const ONNX_PACKAGES = ['onnxruntime-node', 'onnxruntime-common']

export function sandboxLimits({ benchmark, dataSet }: HiddenSet): SandboxLimits {
  const { wallSeconds, memoryBytes } = benchmark.definition.limits
  const outputBytes = dataSet.hiddenRows * 8 + MEBIBYTE
  return { wallSeconds, cpuSeconds: wallSeconds, memoryBytes, processes: PROCESSES, outputBytes }
}

/** Runs a submission in the sandbox and scores what comes out. Labels stay outside. */
export async function runSubmission(
  { sandbox, blobs }: RunParts,
  submission: Submission,
  hidden: HiddenSet,
): Promise<ScoredRun> {
  const run = await sandbox.run(jobOf(submission, hidden, blobs.path(submission.model)))
  if (run.outcome !== 'ok')
    return { run, refused: { stage: 'run', reason: reasonOf(run, hidden), outcome: run.outcome } }
  try {
    const predictions = decodeNumbers(run.output)
    return { run, predictions, result: scoreOf(submission, hidden, predictions) }
  } catch (thrown) {
    if (thrown instanceof RangeError)
      return { run, refused: { stage: 'score', reason: errors.wrong_shape(), outcome: 'ok' } }
    if (thrown instanceof AppError && thrown.code.startsWith('scoring.'))
      return { run, refused: { stage: 'score', reason: thrown, outcome: 'ok' } }
    throw thrown
  }
}

function jobOf({ form, model }: Submission, hidden: HiddenSet, file: string): SandboxJob {
  const asked = modelTaskOf(hidden.benchmark.definition)
  const task: RunTask = { form, asked, orderSeed: orderSeed(hidden.dataSet.hiddenCommitment, model) }
  return {
    entry: 'score-runner',
    arguments: [JSON.stringify(task)],
    inputs: { features: hidden.features, model: file },
    packages: form === 'onnx' ? ONNX_PACKAGES : [],
    limits: sandboxLimits(hidden),
    untrusted: form === 'onnx',
  }
}

/** What a submitter is told of a run that did not end well: the kind of end, never a line of its output. */
function reasonOf(run: SandboxResult, { benchmark }: HiddenSet): AppError {
  const { limits } = benchmark.definition
  if (run.outcome === 'wall_time' || run.outcome === 'cpu_time') return errors.wall_time({ limit: limits.wallSeconds })
  if (run.outcome === 'memory') return errors.memory({ limit: limits.memoryBytes })
  if (run.outcome === 'refused') return errors.isolation()
  return run.exitCode === EXIT_WRONG_SHAPE ? errors.wrong_shape() : errors.run_failed()
}

function scoreOf({ form, model }: Submission, hidden: HiddenSet, predictions: Float64Array): EvaluationResult {
  const { benchmark, dataSet, set } = hidden
  const { definition, definitionDigest } = benchmark
  const { hiddenCommitment } = dataSet
  const identity = { definition: definitionDigest, model, hiddenCommitment, engine: engineName(form) }
  return score({ definition, identity, set, predictions })
}

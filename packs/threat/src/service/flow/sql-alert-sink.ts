import { makeDurableFolder, type Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import { pipelineErrors } from '../../pipeline/pipeline-errors.ts'
import type { AlertSink, SinkStep, StageCheckpoint } from '../../pipeline/sink/alert-sink.ts'
import { checkpointFilePosition, saveCheckpointFile } from '../../pipeline/sink/checkpoint-file.ts'
import { findKnownSteps } from '../../pipeline/sink/find-steps.ts'
import { StepFiles } from '../../pipeline/sink/step-files.ts'
import type { ThreatTables } from '../tables.ts'
import { dropEarlierSteps, earlierSteps, findEarlierSteps } from './earlier-steps.ts'
import { flowCheckpoint } from './flow-checkpoint.ts'
import { stepFolder } from './flow-folder.ts'

export interface SqlAlertSinkOptions {
  /** Name of the flow: each has its own position, steps and checkpoint. */
  readonly flow: string
  /** Writes what a step means (alerts, groups, incidents) in the same transaction. */
  readonly project?: (tx: Transaction<ThreatTables>, step: SinkStep) => Promise<void>
  /** A step file that has so many bytes gets no further step; 16 MiB where left out. */
  readonly fileBytes?: number
}

const FILE_BYTES = 16 * 2 ** 20

interface Opened {
  readonly steps: StepFiles
  readonly position: number
  readonly hasEarlier: boolean
}

/**
 * Alerts in the database of the house. All rows made of a step and the flow's position are one transaction, guarded by the
 * position and committed once the step itself is on the disk, in a file. The position alone says which steps count: exactly
 * once. Steps are kept until a checkpoint of the stages, a file too, covers them.
 */
export class SqlAlertSink implements AlertSink {
  readonly #store: Store
  readonly #options: SqlAlertSinkOptions
  readonly #folder: string
  readonly #steps: StepFiles
  #position: number
  #hasEarlier: boolean

  private constructor(store: Store, options: SqlAlertSinkOptions, { steps, position, hasEarlier }: Opened) {
    this.#store = store
    this.#options = options
    this.#folder = stepFolder(store.home, options.flow)
    this.#steps = steps
    this.#position = position
    this.#hasEarlier = hasEarlier
  }

  /**
   * Takes away what a crash left behind the position. Throws `threat_pipeline.steps_missing`, `.sink_damaged`,
   * `.checkpoint_ahead` or `.checkpoint_damaged` where files and database do not belong together; then nothing is changed.
   */
  static async open(store: Store, options: SqlAlertSinkOptions): Promise<SqlAlertSink> {
    const { flow, fileBytes = FILE_BYTES } = options
    const folder = stepFolder(store.home, flow)
    await makeDurableFolder(folder)
    const position = await positionOf(store, flow)
    const saved = await checkpointFilePosition(folder)
    if (saved > position) throw pipelineErrors.checkpoint_ahead({ folder, saved, stored: position })
    const { last, checkpoint } = await findEarlierSteps(store.db(), flow)
    const found = await findKnownSteps(folder, { position, covered: Math.max(saved, last, checkpoint) })
    const steps = await StepFiles.open({ folder, fileBytes }, found)
    return new SqlAlertSink(store, options, { steps, position, hasEarlier: last > 0 || checkpoint > 0 })
  }

  get position(): number {
    return this.#position
  }

  async append(step: SinkStep): Promise<void> {
    if (step.position <= this.#position) return
    await this.#store.transaction<ThreatTables, void>((tx) => this.#append(tx, step))
    this.#steps.keep()
    this.#position = step.position
  }

  /** Once the database has moved on, the place behind the last step is ours: what stands there belongs to no other one. */
  async #append(tx: Transaction<ThreatTables>, step: SinkStep): Promise<void> {
    const { flow, project } = this.#options
    const { numUpdatedRows } = await tx
      .updateTable('threat_flows')
      .set({ position: String(step.position) })
      .where('name', '=', flow)
      .where('position', '=', String(this.#position))
      .executeTakeFirst()
    if (numUpdatedRows > 0n) return allOf([project?.(tx, step), this.#steps.write(step)])
    // The commit of an earlier try went through, and only its answer was lost.
    if (!this.#steps.has(step)) throw pipelineErrors.steps_elsewhere({ flow, position: this.#position })
  }

  async *replay(after: number): AsyncGenerator<SinkStep> {
    if (this.#hasEarlier) yield* earlierSteps(this.#store.db(), this.#options.flow, after)
    yield* this.#steps.replay(after)
  }

  /** The rows of earlier houses and the step files that it covers go once it is on the disk. */
  async saveCheckpoint(checkpoint: Parameters<AlertSink['saveCheckpoint']>[0]): Promise<void> {
    const { position } = checkpoint
    const [folder, stored] = [this.#folder, this.#position]
    if (position > stored) throw pipelineErrors.checkpoint_ahead({ folder, saved: position, stored })
    await saveCheckpointFile(folder, checkpoint)
    if (this.#hasEarlier) await dropEarlierSteps(this.#store, this.#options.flow)
    this.#hasEarlier = false
    await this.#steps.forget(position)
  }

  loadCheckpoint(): Promise<StageCheckpoint | undefined> {
    return flowCheckpoint(this.#store, this.#options.flow)
  }

  /** Closes its files; the store stays open: it is the house's. */
  close(): Promise<void> {
    return this.#steps.close()
  }
}

/**
 * The position of a flow, which is made where it is not there yet. To insert is to wait for what a PostgreSQL is still
 * committing for a house that died.
 */
async function positionOf(store: Store, name: string): Promise<number> {
  const db = store.db<ThreatTables>()
  await db
    .insertInto('threat_flows')
    .values({ name, position: '0' })
    .onConflict((on) => on.doNothing())
    .execute()
  const { position } = await db
    .selectFrom('threat_flows')
    .select('position')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return Number(position)
}

/** Side by side; resolves or throws once all of it is over. */
async function allOf(works: readonly (Promise<void> | undefined)[]): Promise<void> {
  const ended = await Promise.allSettled(works)
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

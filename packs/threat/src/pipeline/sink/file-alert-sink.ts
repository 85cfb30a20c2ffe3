import { realpath } from 'node:fs/promises'
import { type HomeLock, lockHome, makeDurableFolder } from '@dengta/store'
import type { AlertSink, SinkStep, StageCheckpoint } from './alert-sink.ts'
import { loadCheckpointFile, saveCheckpointFile } from './checkpoint-file.ts'
import { findLastStep } from './find-steps.ts'
import { StepFiles } from './step-files.ts'

const FILE_BYTES = 64 * 2 ** 20

/** Alerts in files and nowhere else, for a pipeline on its own. Nothing is deleted. */
export class FileAlertSink implements AlertSink {
  readonly #folder: string
  readonly #steps: StepFiles
  readonly #lock: HomeLock

  private constructor(folder: string, steps: StepFiles, lock: HomeLock) {
    this.#folder = folder
    this.#steps = steps
    this.#lock = lock
  }

  /**
   * Opens a folder, which is held until `close`, and cuts a torn tail. Throws `store.locked` where another sink has it, and
   * `threat_pipeline.sink_damaged` where a file is broken before its end.
   */
  static async open(folder: string): Promise<FileAlertSink> {
    await makeDurableFolder(folder)
    const lock = await lockHome(await realpath(folder))
    try {
      const steps = await StepFiles.open({ folder, fileBytes: FILE_BYTES }, await findLastStep(folder))
      return new FileAlertSink(folder, steps, lock)
    } catch (error) {
      await lock.release()
      throw error
    }
  }

  get position(): number {
    return this.#steps.position
  }

  async append(step: SinkStep): Promise<void> {
    if (step.position <= this.position) return
    await this.#steps.write(step)
    this.#steps.keep()
  }

  replay(after: number): AsyncGenerator<SinkStep> {
    return this.#steps.replay(after)
  }

  saveCheckpoint(checkpoint: Parameters<AlertSink['saveCheckpoint']>[0]): Promise<void> {
    return saveCheckpointFile(this.#folder, checkpoint)
  }

  loadCheckpoint(): Promise<StageCheckpoint | undefined> {
    return loadCheckpointFile(this.#folder)
  }

  async close(): Promise<void> {
    await this.#steps.close()
    await this.#lock.release()
  }
}

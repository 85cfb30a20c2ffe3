import { mkdir } from 'node:fs/promises'
import type { AlertSink, SinkStep, StageCheckpoint } from './alert-sink.ts'
import { loadCheckpointFile, saveCheckpointFile } from './checkpoint-file.ts'
import { findLastStep } from './find-steps.ts'
import { StepFiles } from './step-files.ts'

const FILE_BYTES = 64 * 2 ** 20

/** Alerts in files and nowhere else, for a pipeline on its own. Nothing is deleted. */
export class FileAlertSink implements AlertSink {
  readonly #folder: string
  readonly #steps: StepFiles

  private constructor(folder: string, steps: StepFiles) {
    this.#folder = folder
    this.#steps = steps
  }

  /** Opens a folder and cuts a torn tail; throws `threat_pipeline.sink_damaged` where a file is broken before its end. */
  static async open(folder: string): Promise<FileAlertSink> {
    await mkdir(folder, { recursive: true })
    const steps = await StepFiles.open({ folder, fileBytes: FILE_BYTES }, await findLastStep(folder))
    return new FileAlertSink(folder, steps)
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

  close(): Promise<void> {
    return this.#steps.close()
  }
}

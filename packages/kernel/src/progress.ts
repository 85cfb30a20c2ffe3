import type { Text } from './text.ts'

/** One step of long work. `done` and `total` in the same unit; `total` 0 where the end is not known. */
export interface ProgressStep {
  readonly label: Text
  readonly done: number
  readonly total: number
}

export type Progress = (step: ProgressStep) => void

export const silent: Progress = () => {}

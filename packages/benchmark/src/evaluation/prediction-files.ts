import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesOf, decodeNumbers } from '../scoring/matrix-file.ts'
import { writePrivateFile } from './private-file.ts'

/** Predictions on hidden rows: kept for paired tests, never served, as they may reveal labels. */
export interface PredictionFiles {
  write(submission: string, predictions: Float64Array): Promise<void>
  /** Undefined where the file is gone; a replay writes it again. */
  read(submission: string): Promise<Float64Array | undefined>
}

/** `<home>/scoring/predictions/<submission>.f64`. */
export function predictionFiles(home: string): PredictionFiles {
  const path = (submission: string) => join(home, 'scoring', 'predictions', `${submission}.f64`)
  return {
    write: (submission, predictions) => writePrivateFile(path(submission), bytesOf(predictions)),
    read: async (submission) => {
      try {
        return decodeNumbers(await readFile(path(submission)))
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw thrown
      }
    },
  }
}

import { readEventFile } from './event-file.ts'
import { splitLines } from './split-lines.ts'

/** Text of one line of an event file, counted from 1; undefined where the file is shorter. Lines over 16 MiB are passed over. */
export async function readEventLine(file: string, wanted: number): Promise<string | undefined> {
  let line = 0
  for await (const { bytes, tooLong } of splitLines(readEventFile(file))) {
    line += tooLong
    let to = bytes.indexOf(10)
    for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(10, from)) {
      line += 1
      if (line === wanted) return new TextDecoder().decode(bytes.subarray(from, to))
    }
  }
  return undefined
}

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { entryFile } from '@dengta/store'

/** A bundled program that takes a JSON argument and answers in JSON lines. */
export interface JsonChild {
  readonly process: ChildProcess
  /** The next line that it prints; rejects where it ends before. */
  next<T>(): Promise<T>
  order(value: unknown): void
}

export function jsonChild(entry: string, argument: unknown): JsonChild {
  const child = spawn(process.execPath, [entryFile(entry), JSON.stringify(argument)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.on('error', () => undefined) // it was killed: `next` says so
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    process: child,
    next: async <T>() => {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${entry} ended`)
      return JSON.parse(value) as T
    },
    order: (value) => void child.stdin.write(`${JSON.stringify(value)}\n`),
  }
}

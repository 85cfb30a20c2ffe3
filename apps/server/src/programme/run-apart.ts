import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineErrors } from '@dengta/kernel'
import { entryFile } from '@dengta/store'
import type { Terminal } from '../cli/terminal.ts'
import { VERSION } from '../version.ts'

export const programmeErrors = defineErrors('programme', {
  stopped: {
    kind: 'unavailable',
    en: 'the sample programme ended with {outcome}; the lines above say why; --no-programme serves without it',
    zh: '示例项目以 {outcome} 结束，原因见上文；可用 --no-programme 跳过示例直接启动',
  },
})

const markOf = (home: string): string => join(home, 'programme.done')

/** Whether the sample programme has been walked to its end on this data folder. */
export function hasRun(home: string): Promise<boolean> {
  return access(markOf(home)).then(
    () => true,
    () => false,
  )
}

export async function markRun(home: string): Promise<void> {
  await writeFile(markOf(home), `${VERSION}\n`)
}

/** Walks the programme in a process of its own: what training and sealing took of memory is not the server's for life. */
export async function runApart({ json, language }: Pick<Terminal, 'json' | 'language'>): Promise<void> {
  const words = ['demo', '--lang', language, ...(json ? ['--json'] : [])]
  const child = spawn(process.execPath, [entryFile('dengta'), ...words], { stdio: 'inherit' })
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal)
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  process.off('SIGTERM', stop).off('SIGINT', stop)
  if (code !== 0) throw programmeErrors.stopped({ outcome: signal ?? `code ${code}` })
}

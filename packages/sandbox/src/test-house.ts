import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxJob, SandboxLimits } from './sandbox.ts'

const MIB = 1024 * 1024

/** Generous for an honest job; a hostile case tightens the one that it attacks. */
export const LIMITS: SandboxLimits = {
  ...{ wallSeconds: 5, cpuSeconds: 5, memoryBytes: 192 * MIB, processes: 16, outputBytes: 1 * MIB },
}

/** A folder of the house for tests, with scripts written into it. */
export function testHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-sandbox-'))
  const file = (content: string | Uint8Array, mode = 0o600) => {
    const path = join(folder, `${randomUUID()}.mjs`)
    writeFileSync(path, content, { mode })
    return path
  }
  const job = (script: string, changes: Partial<SandboxJob> = {}): SandboxJob => ({
    ...{ entry: file(`${PRELUDE}\n${script}`), arguments: [], inputs: {}, limits: LIMITS, untrusted: true },
    ...changes,
  })
  return { folder, workFolder: join(folder, 'work'), file, job, remove: () => rmSync(folder, { recursive: true }) }
}

/** `tell` writes the answer of a job, `attempt` gives the error code of what did not work. */
const PRELUDE = `
import * as fs from 'node:fs'
const tell = (value) => fs.writeFileSync('output', JSON.stringify(value))
const attempt = (act) => { try { act(); return 'it worked' } catch (error) { return error.code } }
`

/** Reads what `tell` wrote. */
export function told(output: Uint8Array): unknown {
  return output.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(output))
}

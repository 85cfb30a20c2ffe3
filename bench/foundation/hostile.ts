import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSandbox, type SandboxLimits, type SandboxOutcome, type SandboxResult } from '@dengta/sandbox'
import { type Benchmark, figure } from '../figure.ts'

const LIMITS: SandboxLimits = {
  wallSeconds: 2,
  cpuSeconds: 2,
  memoryBytes: 512 * 2 ** 20,
  processes: 32,
  outputBytes: 2 ** 20,
}

interface Attack {
  readonly name: string
  /** Ends with exit code 0 only where the attack succeeded; the file `output` says what it got. */
  readonly script: string
  readonly stoppedBy: readonly SandboxOutcome[]
  /** For an attack that is denied, not cut short: what its own error must say. */
  readonly denied?: RegExp
}

const ATTACKS: readonly Attack[] = [
  { name: 'loops for ever', script: 'for (;;);', stoppedBy: ['cpu_time', 'wall_time'] },
  {
    name: 'asks for 8 GB',
    script: 'const held = [4, 4].map((gb) => Buffer.alloc(gb * 2 ** 30 - 1, 1)); setInterval(() => held, 1000)',
    stoppedBy: ['memory'],
  },
  {
    name: 'opens a socket',
    script: `const net = await import('node:net'); await new Promise((ok, no) => net.connect(80, '127.0.0.1').once('connect', ok).once('error', no))`,
    stoppedBy: ['failed'],
    denied: /EPERM|EACCES/,
  },
  { name: 'reads a host file', script: `(await import('node:fs')).readFileSync('/etc/passwd')`, stoppedBy: ['failed'] },
  {
    name: 'forks without end',
    script: `const { spawn } = await import('node:child_process'); for (;;) { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).on('error', () => {}); await new Promise((ok) => setTimeout(ok, 1)) }`,
    stoppedBy: ['wall_time', 'cpu_time', 'memory', 'failed'],
    denied: /EAGAIN|EPERM|ENOMEM/,
  },
]

/** Hostile jobs straight in the sandbox: none may succeed, and each must be over within its limit and one second. */
export const hostile: Benchmark = async (emit) => {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-hostile-'))
  try {
    const sandbox = await openSandbox({ workFolder: join(folder, 'work') })
    for (const attack of ATTACKS) {
      const entry = join(folder, 'attack.mjs')
      await writeFile(entry, attack.script)
      const began = performance.now()
      const result = await sandbox.run({ entry, arguments: [], inputs: {}, limits: LIMITS, untrusted: true })
      const seconds = (performance.now() - began) / 1000
      const contained = attack.stoppedBy.includes(result.outcome) && saysSo(attack, result)
      const yardstick = `outcome ${result.outcome}; limits ${LIMITS.wallSeconds} s wall and CPU, level ${sandbox.level.name}`
      emit(
        figure(
          `hostile job that ${attack.name}, time until it is over`,
          contained ? seconds : Number.POSITIVE_INFINITY,
          's',
          { goal: { is: '<=', than: LIMITS.wallSeconds + 1 }, yardstick },
        ),
      )
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A job that failed must have failed by the denial that was meant, not by a mistake in its script. */
function saysSo({ denied }: Attack, { outcome, log }: SandboxResult): boolean {
  return outcome !== 'failed' || denied === undefined || denied.test(log)
}

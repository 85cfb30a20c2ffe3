import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fromUtf8 } from '@dengta/kernel'
import type { CanaryOrders, Probe } from './canary-probes.ts'
import { RUNTIME_TASKS } from './job-plan.ts'
import type { CanaryReport, IsolationLevel, SandboxJob, SandboxLimits, SandboxResult } from './sandbox.ts'

const MIB = 1024 * 1024

export interface CanaryOptions {
  readonly level: IsolationLevel
  readonly limits: SandboxLimits
  readonly workFolder: string
  /** Runs a job as any other, and hands over its output whatever its outcome. */
  readonly run: (job: SandboxJob) => Promise<SandboxResult>
}

/** Attacks that nothing holds back would hit the host itself, so they are not tried. */
const NOT_ISOLATED: Probe = { attack: 'every attack', held: false, seen: 'not tried: nothing isolates a job here' }

/** Sends a job of our own ahead that attacks the sandbox, while a secret file and a listener wait outside to be found. */
export async function runCanary({ level, limits, workFolder, run }: CanaryOptions): Promise<CanaryReport> {
  if (level.name !== 'bubblewrap') return { held: false, level, probes: [NOT_ISOLATED] }
  const secretFile = join(workFolder, `canary-${randomUUID()}`)
  await writeFile(secretFile, randomUUID())
  const listener = await openListener()
  const small = canaryLimits(limits)
  const orders = {
    ...{ secretFile, homeFolder: homedir(), port: listener.port },
    ...{ tasks: small.processes + RUNTIME_TASKS, memoryBytes: small.memoryBytes },
  } satisfies CanaryOrders & { memoryBytes: number }
  try {
    const job = { entry: 'canary', arguments: [JSON.stringify(orders)], inputs: {}, limits: small, untrusted: false }
    const result = await run(job)
    const probes = [...reported(result), outside(listener.connections()), memory(result)]
    return { held: probes.every((probe) => probe.held), level, probes }
  } finally {
    listener.close()
    await rm(secretFile, { force: true })
  }
}

/** The job's limits or less: the limiter is the same, and a smaller limit is reached sooner. */
function canaryLimits(limits: SandboxLimits): SandboxLimits {
  return {
    ...{ wallSeconds: 10, cpuSeconds: 10 },
    memoryBytes: Math.min(limits.memoryBytes, 40 * MIB),
    processes: Math.min(limits.processes, 32),
    outputBytes: Math.max(limits.outputBytes, MIB),
  }
}

/** A canary that dies before it reports has proven nothing. */
function reported(result: SandboxResult): readonly Probe[] {
  try {
    return JSON.parse(fromUtf8(result.output)) as readonly Probe[]
  } catch {
    return [{ attack: 'report back', held: false, seen: result.outcome }]
  }
}

function memory({ outcome, peakBytes }: SandboxResult): Probe {
  return {
    attack: 'take more memory than the limit',
    held: outcome === 'memory',
    seen: `${outcome} at ${peakBytes} bytes`,
  }
}

function outside(connections: number): Probe {
  return { attack: 'be heard by a service of the house', held: connections === 0, seen: `${connections} connections` }
}

async function openListener() {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, connections: () => connections, close: () => server.close() }
}

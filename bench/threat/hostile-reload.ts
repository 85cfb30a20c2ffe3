import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PipelineStatus } from '@dengta/threat'
import { BOMBS } from '../../packs/threat/src/rule/bombs.fixture.ts'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
} from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'
import type { JsonChild } from './json-child.ts'

export interface ReloadSituation {
  readonly folder: string
  readonly host: JsonChild
  /** Waits of the honest sender for its acknowledgements since the last call, milliseconds. */
  readonly takeWaits: () => Promise<number[]>
  readonly emit: Parameters<Benchmark>[0]
}

interface Reloaded {
  readonly reloaded?: { readonly rules: number }
  readonly refused?: string
}

const GOAL = { goal: { is: '<=', than: 100 } } as const

/** Reloads beside an honest sender whose lines fire: a set of bombs, then all of SigmaHQ. */
export async function emitReloads(situation: ReloadSituation): Promise<void> {
  const path = join(situation.folder, 'bombs')
  mkdirSync(path)
  for (const [at, bomb] of Object.values(BOMBS).entries()) writeFileSync(join(path, `${at}.yml`), bomb())
  await new Promise((resolve) => setTimeout(resolve, 3000)) // 100 MB are on their way to the disk
  await beside(situation, 'a reload of rule files that bomb', { path })
  if (!hasThreatData) process.stderr.write('SKIPPED: set DENGTA_DATA to reload the rules of SigmaHQ\n')
  else {
    const rules = { path: RULE_ARCHIVE, under: ORACLE_FOLDERS, placeholders: ORACLE_PLACEHOLDERS }
    await beside(situation, "a reload of SigmaHQ's rules", rules)
  }
}

async function beside({ host, takeWaits, emit }: ReloadSituation, what: string, rules: object): Promise<void> {
  host.order({ forgetLatency: true })
  await takeWaits()
  const began = performance.now()
  host.order({ reload: rules })
  const { reloaded, refused } = await host.next<Reloaded>()
  const seconds = (performance.now() - began) / 1000
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const waits = await takeWaits()
  host.order({ status: true })
  const { status } = await host.next<{ status: PipelineStatus }>()
  const outcome = reloaded ? `${reloaded.rules} rules in force` : `refused: ${refused?.slice(0, 60)}`
  const yardstick = `${outcome} after ${seconds.toFixed(1)} s; ${waits.length} lines`
  emit(figure(`longest wait of an honest sender beside: ${what}`, Math.max(...waits), 'ms', { ...GOAL, yardstick }))
  const longest = Math.max(status.latency.max, status.lagMs) // one that is not stored yet waits too
  emit(figure(`longest wait for its alert beside: ${what}`, longest, 'ms', { ...GOAL, yardstick }))
}

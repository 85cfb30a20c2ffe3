import type { Text } from '@dengta/kernel'
import type { LogSource, Rule } from './rule.ts'

export interface InvalidRule {
  readonly file: string
  /** 1-based line of the fault. */
  readonly line: number
  readonly id: string
  readonly title: string
  readonly code: string
  readonly reason: Text
}

export interface LogSourceCount extends LogSource {
  readonly rules: number
}

/** Rules by log source, the most frequent first. */
export function countByLogSource(rules: readonly Rule[]): LogSourceCount[] {
  const counts = new Map<string, LogSourceCount>()
  for (const { logSource } of rules) {
    const key = [logSource.product, logSource.category, logSource.service].join('/')
    counts.set(key, { ...logSource, rules: (counts.get(key)?.rules ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.rules - a.rules)
}

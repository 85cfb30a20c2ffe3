import type { CorrelatedRules } from './correlation-set.ts'

/** Which rules and correlations alert by themselves: those that no correlation reads, or one that has `generate: true`. */
export interface AlertStanding {
  readonly rules: readonly boolean[]
  readonly correlations: readonly boolean[]
}

export function standingOf({ rules, correlations }: CorrelatedRules): AlertStanding {
  const read = { rules: rules.map(() => false), correlations: correlations.map(() => false) }
  const generated = { rules: rules.map(() => false), correlations: correlations.map(() => false) }
  for (const { references, generate } of correlations) {
    for (const reference of references) {
      const [kind, place] =
        'rule' in reference ? (['rules', reference.rule] as const) : (['correlations', reference.correlation] as const)
      read[kind][place] = true
      if (generate) generated[kind][place] = true
    }
  }
  const stands = (kind: keyof AlertStanding): boolean[] =>
    read[kind].map((is, i) => !is || (generated[kind][i] as boolean))
  return { rules: stands('rules'), correlations: stands('correlations') }
}

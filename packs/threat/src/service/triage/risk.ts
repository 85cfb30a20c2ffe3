import { fillText } from '@dengta/kernel'
import type { RiskFigure, RiskView, ShareView } from '@dengta/sdk'
import { clopperPearson } from '@dengta/statistics'
import { BOUNDS } from '../../triage/guard.ts'
import type { KnownModel } from '../model/model-service.ts'

/** Counts over decided groups; what people and published labels say of them stands apart from what was decided. */
export interface RiskCounts {
  readonly groups: number
  readonly automaticGroups: number
  readonly alerts: number
  readonly automaticAlerts: number
  /** Groups with a verdict, and of these the benign ones, and the benign ones that people were shown. */
  readonly judged: number
  readonly benign: number
  readonly benignShown: number
  readonly steps: number
  readonly stepsMissed: number
  readonly incidents: number
  readonly falseIncidents: number
  readonly handedOver: number
}

export function shareOf(count: number, of: number): ShareView {
  if (of === 0) return { count, of }
  const { low, high } = clopperPearson({ successes: count, trials: of }, 0.95)
  return { count, of, rate: count / of, lower: low, upper: high }
}

/** Fewer verdicts say too little to call a bound kept. */
const FEW = 30

function riskFigureOf(share: ShareView, bound: number, proven: number | undefined): RiskFigure {
  const { rate, lower, of } = share
  const holds =
    rate === undefined || (of < FEW && rate <= bound) ? 'unknown' : (lower ?? 0) > bound || rate > bound ? 'no' : 'yes'
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`
  const fillings = { count: share.count, of, rate: rate === undefined ? '–' : percent(rate), bound: percent(bound) }
  return { ...share, bound, ...(proven === undefined ? {} : { proven }), holds, text: fillText(WORDS[holds], fillings) }
}

export function figuresOf(
  counts: RiskCounts,
  { knowledge: { guard } }: Pick<KnownModel, 'knowledge'>,
): Pick<RiskView, 'automation' | 'falseAlarms' | 'missed'> {
  const proven = guard.proven ? guard : undefined
  return {
    automation: {
      groups: shareOf(counts.automaticGroups, counts.groups),
      alerts: shareOf(counts.automaticAlerts, counts.alerts),
    },
    falseAlarms: {
      groups: riskFigureOf(shareOf(counts.benignShown, counts.benign), BOUNDS.falseAlarms, proven?.falseAlarms.upper),
      incidents: shareOf(counts.falseIncidents, counts.incidents),
    },
    missed: riskFigureOf(shareOf(counts.stepsMissed, counts.steps), BOUNDS.missed, proven?.missed.upper),
  }
}

const WORDS = {
  yes: {
    en: '{count} of {of} ({rate}), within the bound of {bound}',
    zh: '{of} 中有 {count}（{rate}），在界限 {bound} 之内',
  },
  no: {
    en: '{count} of {of} ({rate}): the bound of {bound} is NOT kept here',
    zh: '{of} 中有 {count}（{rate}）：此处未守住界限 {bound}',
  },
  unknown: {
    en: '{count} of {of}: too few verdicts to say whether the bound of {bound} is kept',
    zh: '{of} 中有 {count}：结论太少，无法判断是否守住界限 {bound}',
  },
}

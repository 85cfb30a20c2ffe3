import { fillText, saidCount, saidPercent } from '@dengta/kernel'
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
  /** Incidents with a group that was an attack, or whose groups were all benign; and of these the latter. */
  readonly judgedIncidents: number
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

/** What is counted, as Chinese counts it: groups, attack steps. */
type Unit = '组' | '步'

interface Bound {
  readonly bound: number
  readonly proven: number | undefined
  readonly unit: Unit
}

function riskFigureOf(share: ShareView, { bound, proven, unit }: Bound): RiskFigure {
  const { rate, lower, of } = share
  const holds =
    rate === undefined || (of < FEW && rate <= bound) ? 'unknown' : (lower ?? 0) > bound || rate > bound ? 'no' : 'yes'
  const said = { rate: rate === undefined ? '–' : saidPercent(rate), bound: saidPercent(bound) }
  const fillings = { count: saidCount(share.count), of: saidCount(of), unit, ...said }
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
      groups: riskFigureOf(shareOf(counts.benignShown, counts.benign), {
        ...{ bound: BOUNDS.falseAlarms, proven: proven?.falseAlarms.upper, unit: '组' },
      }),
      incidents: shareOf(counts.falseIncidents, counts.judgedIncidents),
    },
    missed: riskFigureOf(shareOf(counts.stepsMissed, counts.steps), {
      ...{ bound: BOUNDS.missed, proven: proven?.missed.upper, unit: '步' },
    }),
  }
}

const WORDS = {
  yes: {
    en: '{count} of {of} ({rate}), within the bound of {bound}',
    zh: '{of} {unit}中有 {count} {unit}（{rate}），在界限 {bound} 之内',
  },
  no: {
    en: '{count} of {of} ({rate}): the bound of {bound} is NOT kept here',
    zh: '{of} {unit}中有 {count} {unit}（{rate}）：此处未守住界限 {bound}',
  },
  unknown: {
    en: '{count} of {of}: too few verdicts to say whether the bound of {bound} is kept',
    zh: '{of} {unit}中有 {count} {unit}：结论太少，无法判断是否守住界限 {bound}',
  },
}

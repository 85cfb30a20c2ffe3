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
  /** Set where verdicts tell only this: the least that the share of all there are may be. */
  readonly least: number | undefined
}

function riskFigureOf(share: ShareView, { bound, proven, unit, least }: Bound): RiskFigure {
  const seen = least === undefined ? share : { count: share.count, of: share.of }
  const holds = least === undefined ? holdsAsSeen(share, bound) : least > bound ? 'no' : 'unknown'
  const said = { rate: rateSaid(share.rate), least: rateSaid(least), bound: saidPercent(bound) }
  const fillings = { count: saidCount(share.count), of: saidCount(share.of), unit, ...said }
  const words = least === undefined ? WORDS[holds] : holds === 'no' ? WORDS.notEvenShown : WORDS.unseen
  return { ...seen, bound, ...(proven === undefined ? {} : { proven }), holds, text: fillText(words, fillings) }
}

const rateSaid = (rate: number | undefined): string => (rate === undefined ? '–' : saidPercent(rate))

function holdsAsSeen({ rate, lower, of }: ShareView, bound: number): RiskFigure['holds'] {
  if (rate === undefined || (of < FEW && rate <= bound)) return 'unknown'
  return (lower ?? 0) > bound || rate > bound ? 'no' : 'yes'
}

type Labels = RiskView['labels']['kind']

/**
 * Verdicts of people are on groups they were shown. Once any are closed unseen, neither the attacks nor the benign groups
 * among these are known: a bound may turn out broken, and is never said to be kept.
 */
export function figuresOf(
  counts: RiskCounts,
  { knowledge: { guard } }: Pick<KnownModel, 'knowledge'>,
  labels: Labels,
): Pick<RiskView, 'automation' | 'falseAlarms' | 'missed'> {
  const { automaticGroups, groups, benign, benignShown, steps, stepsMissed } = counts
  const proven = guard.proven ? guard : undefined
  const leastOf = (count: number, of: number) =>
    labels === 'analyst' && automaticGroups > 0 && of > 0 ? count / of : undefined
  return {
    automation: {
      groups: shareOf(automaticGroups, groups),
      alerts: shareOf(counts.automaticAlerts, counts.alerts),
    },
    falseAlarms: {
      groups: riskFigureOf(shareOf(benignShown, benign), {
        ...{ bound: BOUNDS.falseAlarms, proven: proven?.falseAlarms.upper, unit: '组' },
        least: benign > 0 ? leastOf(benignShown, benignShown + automaticGroups) : undefined,
      }),
      incidents: shareOf(counts.falseIncidents, counts.judgedIncidents),
    },
    missed: riskFigureOf(shareOf(stepsMissed, steps), {
      ...{ bound: BOUNDS.missed, proven: proven?.missed.upper, unit: '步', least: leastOf(stepsMissed, steps) },
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
  unseen: {
    en: '{count} of {of} that people judged; nobody looks at groups that are closed, so whether the bound of {bound} is kept is not known',
    zh: '人员已判定的 {of} {unit}中有 {count} {unit}；已关闭的告警组无人查看，无法得知是否守住界限 {bound}',
  },
  notEvenShown: {
    en: '{count} of {of} that people judged, which is at least {least} of all there are: the bound of {bound} is NOT kept here',
    zh: '人员已判定的 {of} {unit}中有 {count} {unit}，至少占全部的 {least}：此处未守住界限 {bound}',
  },
}

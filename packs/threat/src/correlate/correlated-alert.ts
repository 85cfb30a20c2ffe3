import type { Alert } from '../detect/alert.ts'
import type { CorrelationKind } from './correlation.ts'
import type { Firing } from './firing.ts'

/** A correlation that fired. Carries author, licence and link like every alert. */
export interface CorrelatedAlert {
  readonly rule: Alert['rule']
  /** The event that completed it. */
  readonly file: string
  readonly line: number
  readonly correlation: {
    readonly kind: CorrelationKind
    /** The group-by fields with their values. */
    readonly group: Readonly<Record<string, string>>
    /** The count, sum or mean that met the condition. */
    readonly value: number
    readonly events: number
    /** ISO 8601: the first event of the window, and the one that completed it. */
    readonly from: string
    readonly to: string
  }
}

export function correlatedAlertOf(firing: Firing, place: { file: string; line: number }): CorrelatedAlert {
  const { id, title, level, version, tags, origin, kind, groupBy } = firing.correlation
  const { author, licence, link } = origin
  return {
    rule: { id, title, level, version, author, licence, link, tags },
    ...place,
    correlation: {
      kind,
      group: Object.fromEntries(groupBy.map((field, i) => [field, firing.group[i] as string])),
      value: firing.value,
      events: firing.events,
      from: isoOf(firing.firstTime),
      to: isoOf(firing.time),
    },
  }
}

const isoOf = (time: number): string => (Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '')

import type { Text } from '@dengta/kernel'

/** Scales a baseline of earlier days to the day itself: the ratio of metered to baseline over a stretch before the event. */
export interface SameDayAdjustment {
  /** Length of that stretch, and how long before the event it ends, minutes. */
  readonly minutes: number
  readonly gapMinutes: number
  /** The ratio lies within 1 - cap and 1 + cap. */
  readonly cap: number
}

/** The mean of the `high` days with most power among the last `of` like days, minute by minute of the event. */
export interface DayBaseline {
  readonly kind: 'days'
  readonly high: number
  readonly of: number
  /** How far back like days are looked for, days. */
  readonly within: number
  readonly adjustment?: SameDayAdjustment | undefined
}

/** One level: the mean of minutes before and, if any, after the event, each `gapMinutes` away from it. */
export interface MeterBaseline {
  readonly kind: 'meter'
  readonly beforeMinutes: number
  readonly afterMinutes: number
  readonly gapMinutes: number
}

/** What a plan on record had given the site, minute by minute of the event. */
export interface PlannedBaseline {
  readonly kind: 'planned'
  /** kW by site, one value a minute. */
  readonly kwBySite: ReadonlyMap<string, Float64Array>
}

export interface BaselineMethod {
  /** The word of records. */
  readonly name: string
  /** What people call it. */
  readonly title: Text
  readonly source: Text
  readonly rule: DayBaseline | MeterBaseline | PlannedBaseline
}

const SAME_DAY: SameDayAdjustment = { minutes: 180, gapMinutes: 60, cap: 0.2 }

/** Methods in use, under the names by which markets know them. A contract may state its own numbers instead. */
export const BASELINE_METHODS = {
  high5of10: {
    name: 'high 5 of 10',
    title: { en: 'high 5 of 10', zh: '最近十日取高五日' },
    source: {
      en: 'X of Y like days as in the customer baseline of NYISO and Con Edison: five highest of the last ten, same-day adjustment within 20 %',
      zh: '采用 NYISO 与 Con Edison 客户基线的“Y 选 X”做法：最近十个同类日中用电最高的五天，并作不超过 20% 的当日调整',
    },
    rule: { kind: 'days', high: 5, of: 10, within: 45, adjustment: SAME_DAY },
  },
  last10: {
    name: '10 of 10',
    title: { en: '10 of 10', zh: '最近十日均值' },
    source: {
      en: 'CAISO day matching 10 of 10, also the base of the AEMO methods: mean of the last ten like days within 45, same-day adjustment within 20 %',
      zh: '采用 CAISO“10 选 10”日匹配法（亦为 AEMO 各方法的基础）：45 天内最近十个同类日的平均值，并作不超过 20% 的当日调整',
    },
    rule: { kind: 'days', high: 10, of: 10, within: 45, adjustment: SAME_DAY },
  },
  sameDay3and2: {
    name: 'same day 3 + 2',
    title: { en: 'same day 3 + 2', zh: '当日法（前 3 小时与后 2 小时）' },
    source: {
      en: 'PJM Manual 11, same day (3 + 2): three hours before and two hours after the event, one hour away from it on either side',
      zh: '采用 PJM 手册 11 的当日法（3 + 2）：事件前三小时与事件后两小时的平均值，前后各间隔一小时',
    },
    rule: { kind: 'meter', beforeMinutes: 180, afterMinutes: 120, gapMinutes: 60 },
  },
  meterBefore: {
    name: 'meter before, meter after',
    title: { en: 'meter before, meter after', zh: '事前表计法' },
    source: {
      en: 'NAESB meter before / meter after: the mean of the hour before the event against the meter during it',
      zh: '采用 NAESB“事前表计／事后表计”法：以事件前一小时的平均值与事件期间的表计值比较',
    },
    rule: { kind: 'meter', beforeMinutes: 60, afterMinutes: 0, gapMinutes: 0 },
  },
} as const satisfies Record<string, BaselineMethod>

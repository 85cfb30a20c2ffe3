import type { Language } from '@dengta/sdk'
import { zoneAt } from './zone.ts'

export interface Times {
  /** Date and time to the second, in the reader's zone: what an analyst compares with a log. */
  moment(at: string | number): string
  /** The same with the zone: where it is compared with a clock elsewhere. */
  zoned(at: string | number): string
  /** Time of day to the second. */
  second(at: string | number): string
  day(at: string): string
  /** How long, in its two greatest units. */
  span(milliseconds: number): string
  /** A latency: as fine as it is read. */
  latency(milliseconds: number): string
}

const UNITS = [
  { ms: 86_400_000, en: 'd', zh: '天' },
  { ms: 3_600_000, en: 'h', zh: '小时' },
  { ms: 60_000, en: 'min', zh: '分' },
  { ms: 1000, en: 's', zh: '秒' },
] as const

export function times(language: Language): Times {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  // Year first in English too: 02/03 is read in two ways, and logs write it so. Swedish has that form.
  const moment = new Intl.DateTimeFormat(language === 'zh' ? locale : 'sv-SE', { ...date, ...clock })
  const second = new Intl.DateTimeFormat(locale, clock)
  const day = new Intl.DateTimeFormat(locale, { month: '2-digit', day: '2-digit', timeZone: 'UTC' })
  const fine = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  const inUnit = (value: number, unit: string) => `${fine.format(value)} ${unit}`
  return {
    moment: (at) => moment.format(new Date(at)),
    zoned: (at) => `${moment.format(new Date(at))} ${zoneAt(new Date(at))}`,
    second: (at) => second.format(new Date(at)),
    day: (at) => (language === 'zh' ? day.format(new Date(at)) : new Date(at).toISOString().slice(5, 10)),
    span: (ms) => spanOf(ms, language),
    latency: (ms) => (ms < 1000 ? inUnit(ms, 'ms') : ms < 60_000 ? inUnit(ms / 1000, 's') : spanOf(ms, language)),
  }
}

function spanOf(milliseconds: number, language: Language): string {
  const gap = ' '
  const least = Math.max(0, Math.round(milliseconds / 1000) * 1000)
  const first = UNITS.findIndex(({ ms }) => least >= ms)
  if (first < 0) return `0${gap}${UNITS[3][language]}`
  const [great, small] = UNITS.slice(first, first + 2)
  const whole = Math.floor(least / great!.ms)
  const rest = small ? Math.floor((least - whole * great!.ms) / small.ms) : 0
  const head = `${whole}${gap}${great![language]}`
  return small && rest > 0 ? `${head}${gap}${rest}${gap}${small[language]}` : head
}

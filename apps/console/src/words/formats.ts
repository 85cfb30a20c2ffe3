import type { Language } from '@dengta/sdk'

const LOCALES = { en: 'en-GB', zh: 'zh-CN' } as const

export interface Formats {
  /** A count, with separators. */
  count(value: number): string
  /** A measured value: three decimals, or four significant digits where it is large. */
  score(value: number): string
  /** A measured value with its unit; the unit of a pure number, `1`, is left out. */
  measure(value: number, unit: string): string
  /** A quantity of a cost: three significant digits. */
  cost(value: number): string
  /** Chip-hours or energy: as a cost, but what is too little to be read is only said to be little. */
  quantity(value: number): string
  percent(share: number): string
  /** A small share, with two decimals: how far a plan lies from its bound. */
  gap(share: number): string
  /** An amount of money or energy without its unit: whole where it is large, else two decimals. */
  amount(value: number): string
  /** Kilowatts, as megawatts where there are many. */
  power(kilowatts: number): string
  /** A power beside its limit, kilowatts both. */
  powerOf(kilowatts: number, limit: number): string
  /** An RFC 3339 time, in the reader's zone. */
  time(at: string): string
  bytes(value: number): string
}

export function formats(language: Language): Formats {
  const locale = LOCALES[language]
  const whole = new Intl.NumberFormat(locale)
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
  const large = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })
  const rough = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const nearly = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const cents = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const quantity = (value: number) => (value > 0 && value < LITTLE ? `<${LITTLE}` : rough.format(value))
  const score = (value: number) => minus(Math.abs(value) < 100 ? fine.format(value) : large.format(value))
  return {
    count: (value) => whole.format(value),
    score,
    measure: (value, unit) => (unit === '1' ? score(value) : `${score(value)} ${unit}`),
    cost: (value) => rough.format(value),
    quantity,
    percent: (value) => minus(share.format(value)),
    gap: (value) => nearly.format(value),
    amount: (value) => minus(Math.abs(value) < 1000 ? cents.format(value) : plain.format(value)),
    power: (kw) => (Math.abs(kw) < MANY_KW ? `${quantity(kw)} kW` : `${rough.format(kw / 1000)} MW`),
    powerOf: (kw, limit) =>
      Math.max(kw, limit) < MANY_KW
        ? `${quantity(kw)} / ${quantity(limit)} kW`
        : `${quantity(kw / 1000)} / ${quantity(limit / 1000)} MW`,
    time: (at) => moment.format(new Date(at)),
    bytes: (value) => bytes(value, rough),
  }
}

const LITTLE = 0.001
const MANY_KW = 5000

/** A hyphen is too short to be seen before a digit; what is rounded to zero has no sign. */
const minus = (text: string): string => text.replace(/^-(?=[0.]+%?$)/, '').replace(/^-/, '−')

function bytes(value: number, format: Intl.NumberFormat): string {
  const step = value < 1024 ? 0 : value < 1024 ** 2 ? 1 : value < 1024 ** 3 ? 2 : 3
  return `${format.format(value / 1024 ** step)} ${['B', 'KiB', 'MiB', 'GiB'][step]}`
}

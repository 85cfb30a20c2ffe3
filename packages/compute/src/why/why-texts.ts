import { fillText, type Text } from '@dengta/kernel'
import type { Level } from '../model/snapshot.ts'
import type { PricedColumn } from './priced-column.ts'
import type { QuotaShort } from './quota-short.ts'
import type { Scarce } from './scarce.ts'

const yuan = (value: number): string => value.toFixed(2)

const PARTS: Readonly<Record<keyof PricedColumn['parts'], Text>> = {
  energy: { en: 'electricity and carbon', zh: '电费与碳成本' },
  waiting: { en: 'waiting', zh: '等待' },
  chips: { en: 'chips that other jobs need', zh: '其他作业所需的芯片' },
  power: { en: 'power that other jobs need', zh: '其他作业所需的电力' },
}

/** Where the larger part of a difference lies. */
function mainPart(chosen: PricedColumn, other: PricedColumn): Text {
  const keys = Object.keys(PARTS) as (keyof PricedColumn['parts'])[]
  const more = (key: keyof PricedColumn['parts']): number => other.parts[key] - chosen.parts[key]
  return PARTS[keys.reduce((most, key) => (more(key) > more(most) ? key : most))]
}

function compared(chosen: PricedColumn, other: PricedColumn, dearer: Text, cheaper: Text): Text {
  const more = other.yuan - chosen.yuan
  const part = mainPart(chosen, other)
  const fillings = { more: yuan(Math.abs(more)) }
  const template = more >= 0 ? dearer : cheaper
  return {
    en: fillText(template, { ...fillings, part: part.en }).en,
    zh: fillText(template, { ...fillings, part: part.zh }).zh,
  }
}

function here(chosen: PricedColumn, elsewhere: PricedColumn | undefined): Text {
  const site = chosen.way.site.name
  if (!elsewhere)
    return { en: `${site} is the only site where the job may run and fits`, zh: `仅 ${site} 允许并容得下该作业` }
  const other = elsewhere.way.site.name
  return compared(
    chosen,
    elsewhere,
    {
      en: `${other} would cost {more} yuan more, mostly for {part}`,
      zh: `若改到 ${other} 将多花 {more} 元，主要在于{part}`,
    },
    {
      en: `${other} would be {more} yuan cheaper at these prices, but had no room left`,
      zh: `按当前价格 ${other} 可省 {more} 元，但已无余量`,
    },
  )
}

function now(chosen: PricedColumn, atOnce: PricedColumn | undefined, time: string): Text {
  if (!atOnce) return { en: 'it starts as soon as it may', zh: '一到可开始时间即启动' }
  return compared(
    chosen,
    atOnce,
    {
      en: `starting at once instead of ${time} would cost {more} yuan more, mostly for {part}`,
      zh: `若不等到 ${time} 而立即启动将多花 {more} 元，主要在于{part}`,
    },
    {
      en: `starting at once would be {more} yuan cheaper at these prices, but there was no room before ${time}`,
      zh: `按当前价格立即启动可省 {more} 元，但 ${time} 之前没有余量`,
    },
  )
}

function power(chosen: PricedColumn, other: PricedColumn | undefined, curve: readonly Level[]): Text {
  const { watts } = curve[chosen.way.level]!
  if (!other)
    return {
      en: `started then, ${watts} W a chip is the only power at which it ends in time within its tier`,
      zh: `在此时启动，只有每片 ${watts} 瓦才能在等级允许的降速内按时完成`,
    }
  const instead = curve[other.way.level]!.watts
  return compared(
    chosen,
    other,
    {
      en: `${instead} W instead of ${watts} W a chip would cost {more} yuan more, mostly for {part}`,
      zh: `若每片由 ${watts} 瓦改为 ${instead} 瓦将多花 {more} 元，主要在于{part}`,
    },
    {
      en: `${instead} W a chip would be {more} yuan cheaper at these prices, but did not fit beside the other jobs`,
      zh: `按当前价格每片 ${instead} 瓦可省 {more} 元，但与其他作业放不下`,
    },
  )
}

function waitsFor({ what, site, yuan: worth }: Scarce): Text {
  if (what === 'nothing')
    return { en: 'it waits for cheaper electricity, not for room', zh: '等待更便宜的电，而非等待余量' }
  const thing = what === 'chips' ? { en: 'chips', are: 'are', zh: '芯片' } : { en: 'power', are: 'is', zh: '电力' }
  return {
    en: `it waits for ${thing.en} at ${site}, which ${thing.are} worth ${yuan(worth)} yuan to other jobs when it could begin`,
    zh: `等待 ${site} 的${thing.zh}：在它可开始时，这些${thing.zh}对其他作业价值 ${yuan(worth)} 元`,
  }
}

/** What the job is short of, as the end of a sentence. */
function shortOf({ what }: Scarce): Text {
  if (what === 'nothing') return { en: '', zh: '' }
  return what === 'power'
    ? { en: '; it is short of power', zh: '，所缺为电力' }
    : { en: '; it is short of chips', zh: '，所缺为芯片' }
}

function notServed(best: PricedColumn, value: number, scarce: Scarce): Text {
  const { site } = scarce
  const short = shortOf(scarce)
  const [takes, worth] = [yuan(best.yuan), yuan(value)]
  if (best.yuan < value)
    return {
      en: `not served: its cheapest place, ${site}, would take ${takes} yuan of energy, chips and power, less than the ${worth} yuan that the job is worth, but no room was found for it beside the others${short.en}`,
      zh: `未服务：最便宜的去处 ${site} 需 ${takes} 元的能源、芯片与电力，低于作业价值 ${worth} 元，但未能在其他作业之外为其找到余量${short.zh}`,
    }
  return {
    en: `not served: even its cheapest place, ${site}, takes ${takes} yuan of energy, chips and power; the job is worth ${worth} yuan${short.en}`,
    zh: `未服务：最便宜的去处 ${site} 也需 ${takes} 元的能源、芯片与电力，作业价值 ${worth} 元${short.zh}`,
  }
}

function overQuota(participant: string, { wanted, left }: QuotaShort): Text {
  const [needs, has] = [wanted.toFixed(1), left.toFixed(1)]
  return {
    en: `not served: it takes at least ${needs} chip-hours, and the quota of ${participant} for the day has ${has} left beside its other jobs`,
    zh: `未服务：至少需要 ${needs} 卡时，而 ${participant} 当日配额在其他作业之外仅剩 ${has} 卡时`,
  }
}

/** The sentences of an explanation. */
export const whyTexts = {
  here,
  now,
  power,
  waitsFor,
  notServed,
  overQuota,
  doesNotWait: (): Text => ({ en: 'it waits for nothing', zh: '无需等待' }),
  fitsNowhere: (): Text => ({
    en: 'no site has the chips, trust and hours that this job asks for; widen its sites, its deadline or its tier',
    zh: '没有站点同时满足该作业的芯片、可信等级与时间要求；请放宽站点、截止时间或等级',
  }),
  noMegawatt: (): Text => ({ en: 'more power would not help this job', zh: '增加电力对该作业无益' }),
  megawatt: (site: string, yuanPerMwh: number): Text => ({
    en: `one more MW at ${site} in these hours would be worth ${yuan(yuanPerMwh)} yuan an hour`,
    zh: `在这些时段，${site} 每增加 1 兆瓦，每小时价值 ${yuan(yuanPerMwh)} 元`,
  }),
}

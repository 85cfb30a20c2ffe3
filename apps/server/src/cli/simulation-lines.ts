import type { ComparedPolicy, Outcome } from '@dengta/compute'
import type { Text } from '@dengta/kernel'
import { formatTable } from './table.ts'
import type { Terminal } from './terminal.ts'

const POLICIES: Readonly<Record<ComparedPolicy, Text>> = {
  'rolling-replan': { en: 'rolling re-plan (ours)', zh: '滚动重排（本系统）' },
  'first-come': { en: 'first come, backfill, power licences', zh: '先到先得＋回填＋功率许可' },
  'lowest-price': { en: 'lowest price now', zh: '当前电价最低' },
  'lowest-carbon': { en: 'lowest carbon now', zh: '当前碳强度最低' },
  'cheapest-wait': { en: 'wait for the cheapest slot', zh: '等待最便宜时段' },
  'cheapest-insertion': { en: 'cheapest insertion', zh: '最便宜插入' },
}

export type PlayedFigures = { readonly policy: ComparedPolicy } & Omit<Outcome, 'log' | 'kw'>

interface Column {
  readonly head: Text
  readonly cell: (figures: PlayedFigures) => string
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')

const COLUMNS: readonly Column[] = [
  { head: { en: 'served', zh: '按期完成' }, cell: ({ served }) => whole(served) },
  { head: { en: 'missed', zh: '误期' }, cell: ({ missed }) => whole(missed) },
  { head: { en: 'open', zh: '未结束' }, cell: ({ open }) => whole(open) },
  { head: { en: 'cost, yuan', zh: '总成本（元）' }, cell: ({ totalYuan }) => whole(totalYuan) },
  { head: { en: 'electricity, yuan', zh: '电费（元）' }, cell: ({ electricityYuan }) => whole(electricityYuan) },
  { head: { en: 'kWh', zh: '千瓦时' }, cell: ({ kwh }) => whole(kwh) },
  { head: { en: 'kgCO2', zh: '千克二氧化碳' }, cell: ({ carbonKg }) => whole(carbonKg) },
  { head: { en: 'peak, kW', zh: '峰值（千瓦）' }, cell: ({ peakKw }) => whole(peakKw) },
  { head: { en: 'chips in use', zh: '芯片利用率' }, cell: ({ utilisation }) => `${(100 * utilisation).toFixed(1)} %` },
  { head: { en: 'interrupted', zh: '中断次数' }, cell: ({ interrupted }) => whole(interrupted) },
  { head: { en: 'lost chip-h', zh: '损失（卡时）' }, cell: ({ lostChipHours }) => lostChipHours.toFixed(1) },
  { head: { en: 'slots over a limit', zh: '超限时段' }, cell: ({ violations }) => whole(violations) },
]

/** A policy a line; then what the cost is made of. */
export function simulationLines(played: readonly PlayedFigures[], { say }: Pick<Terminal, 'say'>): string[] {
  const head = [say({ en: 'policy', zh: '策略' }), ...COLUMNS.map(({ head }) => say(head))]
  const rows = played.map((figures) => [say(POLICIES[figures.policy]), ...COLUMNS.map(({ cell }) => cell(figures))])
  return [...formatTable([head, ...rows]), say(COST)]
}

const COST = {
  en: 'cost: electricity, delay, and the value of jobs that missed their deadline; demand charge and ramps are left out',
  zh: '总成本：电费、延迟成本与误期作业的价值；不含需量电费与爬坡成本',
}

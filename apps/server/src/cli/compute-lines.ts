import type { PlanCheck } from '@dengta/compute'
import type { Text } from '@dengta/kernel'
import type { FreeBoard, JobWhy, PlanView, Rehearsal } from '@dengta/sdk'
import { called } from './state-words.ts'
import { formatTable } from './table.ts'
import type { Terminal } from './terminal.ts'

type Speaker = Pick<Terminal, 'say'>

/** In the order in which they are shown, whoever states them. */
const TERMS: Readonly<Record<keyof Cost['terms'], Text>> = {
  unserved: { en: 'unserved', zh: '未服务' },
  delay: { en: 'delay', zh: '延迟' },
  grid: { en: 'grid', zh: '电网承诺' },
  electricity: { en: 'electricity', zh: '电费' },
  demandCharge: { en: 'demand charge', zh: '需量电费' },
  carbon: { en: 'carbon', zh: '碳成本' },
  fairness: { en: 'fairness', zh: '公平' },
  moves: { en: 'moves', zh: '迁移' },
}

interface Cost {
  readonly terms: Readonly<Record<keyof PlanCheck['terms'], number>>
  readonly yuan: number
  readonly bound: number
  readonly gap: number
  readonly boundWeak: boolean
}

/** Terms one a line, then total, bound and gap. */
function costLines({ terms, yuan, bound, gap, boundWeak }: Cost, { say }: Speaker): string[] {
  const names = Object.keys(TERMS) as (keyof typeof TERMS)[]
  const rows = names.map((name) => [`  ${say(TERMS[name])}`, terms[name].toFixed(2)])
  const weak = boundWeak ? say({ en: ' bound weak', zh: ' 下界偏弱' }) : ''
  return formatTable([
    ...rows,
    [`  ${say({ en: 'total, yuan', zh: '合计（元）' })}`, yuan.toFixed(2)],
    [`  ${say({ en: 'no plan below', zh: '下界' })}`, bound.toFixed(2)],
    [`  ${say({ en: 'gap at most', zh: '差距至多' })}`, `${(100 * gap).toFixed(2)} %${weak}`],
  ])
}

/** What a stranger's check found: faults if there are any, terms, verdict. */
export function checkLines(check: PlanCheck, speaker: Speaker): string[] {
  const { say } = speaker
  return [
    ...check.faults.map(({ code, text }) => `✗ ${say(text)} [${code}]`),
    ...costLines(check, speaker),
    `${check.ok ? '✓' : '✗'} ${say(check.text)}`,
  ]
}

export function planLines(plan: PlanView, speaker: Speaker): string[] {
  const { result, failure } = plan
  const { name, seed } = plan.effort
  const { en, zh } = called('effort', name)
  const effort = speaker.say({ en: `${en} (seed ${seed})`, zh: `${zh}（随机种子 ${seed}）` })
  const head = `${plan.id}  ${plan.dayName}  ${speaker.say(called('plan', plan.state))}  ${effort}`
  if (failure) return [head, `  ${speaker.say(failure.text)}`]
  if (!result) return [head]
  const { placed, jobs, check, record } = result
  const placedOf = speaker.say({ en: `${placed} of ${jobs} jobs placed`, zh: `${jobs} 个作业中排入 ${placed} 个` })
  return [head, `  ${placedOf}`, ...costLines(result, speaker), `  ${speaker.say(check.text)}`, `  ${record}`]
}

type Told = Pick<JobWhy, 'job' | 'here' | 'now' | 'power' | 'waitsFor' | 'megawatt'>

export function whyLines({ job, here, now, power, waitsFor, megawatt }: Told, { say }: Speaker): string[] {
  return [job, ...[here, now, power, waitsFor, megawatt].flatMap((text) => (text ? [`  ${say(text)}`] : []))]
}

const SHOWN_JOBS = 30

const minutes = (count: number): Text => ({ en: `${count} min`, zh: `${count} 分钟` })

type Touched = Rehearsal['jobs'][number]

const shrunk = ({ chips, fewestChips, minutesShrunk }: Touched): Text => ({
  en: `${chips} → ${fewestChips} chips, ${minutesShrunk} min`,
  zh: `${chips} → ${fewestChips} 片，${minutesShrunk} 分钟`,
})

export function rehearsalLines({ jobs, text }: Pick<Rehearsal, 'jobs' | 'text'>, { say }: Speaker): string[] {
  const rows = jobs
    .slice(0, SHOWN_JOBS)
    .map((each) => [
      `  ${each.job || '·'}`,
      each.site,
      say(called('grid', each.action)),
      say(minutes(each.minutesCapped + each.minutesPaused)),
      say({ en: `${each.lostChipHours.toFixed(2)} chip-h`, zh: `${each.lostChipHours.toFixed(2)} 卡时` }),
      `${(100 * each.performance).toFixed(1)} %`,
      each.floorKept ? '✓' : '✗',
      ...(each.minutesShrunk > 0 ? [say(shrunk(each))] : []),
    ])
  const rest = jobs.length - rows.length
  const more = { en: `… and ${rest} more jobs`, zh: `…… 另有 ${rest} 个作业` }
  return [say(text), ...formatTable(rows), ...(rest > 0 ? [say(more)] : [])]
}

/** Free chips of each pool: now, and the stretches of the day in which the number stays the same. */
export function freeLines(free: FreeBoard, { say }: Speaker): string[] {
  if (free.pools.length === 0) return [say({ en: 'no day has been planned yet', zh: '尚无已排程的日子' })]
  const site = (name: string) => free.sites.find((each) => each.site === name)!
  return free.pools.flatMap((pool) => {
    const { carbonKgPerKwh, yuanPerKwh } = site(pool.site)
    const rows = stretches(pool.free, Math.max(0, free.now)).map(({ from, to, value }) => [
      `  ${clock(from, free.slotMinutes)}-${clock(to, free.slotMinutes)}`,
      `${value} ${say({ en: 'free', zh: '空闲' })}`,
      `${mean(carbonKgPerKwh, from, to).toFixed(3)} kgCO2/kWh`,
      `${mean(yuanPerKwh, from, to).toFixed(3)} ${say({ en: 'yuan/kWh', zh: '元/千瓦时' })}`,
    ])
    return [`${pool.site}  ${pool.chip}  ${pool.count}  (${say(called('trust', pool.trust))})`, ...formatTable(rows)]
  })
}

function stretches(values: readonly number[], first: number): { from: number; to: number; value: number }[] {
  const found: { from: number; to: number; value: number }[] = []
  for (let t = first; t < values.length; t += 1) {
    const last = found.at(-1)
    if (last && last.value === values[t]) last.to = t + 1
    else found.push({ from: t, to: t + 1, value: values[t]! })
  }
  return found
}

function clock(slot: number, slotMinutes: number): string {
  const minutes = slot * slotMinutes
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

function mean(values: readonly number[], from: number, to: number): number {
  return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
}

import type { Text } from '@dengta/kernel'
import type { Rehearsal } from '@dengta/sdk'
import { workKeptText } from './work-kept-text.ts'

type Told = Pick<
  Rehearsal,
  | 'withinTarget'
  | 'minutesAbove'
  | 'avoidedKwh'
  | 'running'
  | 'chipsFreed'
  | 'weighted'
  | 'bound'
  | 'floorsKept'
  | 'jobs'
>

/** The outcome of a rehearsal in one or two sentences. */
export function rehearsalText({
  withinTarget,
  minutesAbove,
  avoidedKwh,
  running,
  weighted,
  bound,
  chipsFreed,
  ...rest
}: Told): Text {
  const touched = rest.jobs.length
  const kwh = avoidedKwh.toFixed(1)
  const met = withinTarget
    ? {
        en: `the target is kept in every minute, ${kwh} kWh are given up`,
        zh: `每分钟均不超过目标，共让出 ${kwh} 千瓦时`,
      }
    : {
        en: `the target is missed in ${minutesAbove} minutes: a site has nothing left that may be capped, put on fewer chips or paused; ${kwh} kWh are given up`,
        zh: `有 ${minutesAbove} 分钟无法达到目标（有站点可限功率、缩小规模或暂停的作业已用尽），共让出 ${kwh} 千瓦时`,
      }
  const floors = rest.floorsKept
    ? { en: 'the floor of every tier is kept', zh: '各等级的下限均得到保证' }
    : { en: 'some jobs fall below the floor of their tier', zh: '部分作业低于其等级下限' }
  const work = workKeptText(weighted, bound)
  const shrunk = shrunkText(rest.jobs.filter(({ minutesShrunk }) => minutesShrunk > 0).length, chipsFreed)
  return {
    en: `${met.en}; ${touched} of ${running} running jobs are touched${shrunk.en}, ${work.en}; ${floors.en}.`,
    zh: `${met.zh}；${running} 个运行中的作业有 ${touched} 个受影响${shrunk.zh}，${work.zh}；${floors.zh}。`,
  }
}

/** Who goes on with fewer chips; nothing is said where nobody does. */
function shrunkText(jobs: number, chips: number): Text {
  if (jobs === 0) return { en: '', zh: '' }
  return {
    en: `, ${jobs} of them go on with fewer chips (up to ${chips} set free)`,
    zh: `，其中 ${jobs} 个以较少芯片继续运行（最多释放 ${chips} 片）`,
  }
}

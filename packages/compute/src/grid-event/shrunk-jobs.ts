import type { SettlementTrial } from '@dengta/sdk'
import type { Resize } from '../controller/action.ts'

type Shrunk = NonNullable<SettlementTrial['shrunk']>

/** How many jobs of this house an event put on fewer chips, and the chips that this set free, each job at its fewest. */
export function shrunkUnder(event: string, all: readonly Resize[]): Shrunk {
  const most = new Map<string, number>()
  const least = new Map<string, number>()
  for (const { job, from, chips } of all.filter((each) => each.event === event)) {
    most.set(job, Math.max(most.get(job) ?? 0, from))
    least.set(job, Math.min(least.get(job) ?? from, chips))
  }
  const freed = [...most].reduce((sum, [job, chips]) => sum + chips - least.get(job)!, 0)
  return { jobs: most.size, chipsFreed: freed }
}

/** A settlement that says so; nothing is added where no job shrank. */
export function withShrunk(view: SettlementTrial, shrunk: Shrunk): SettlementTrial {
  if (shrunk.jobs === 0) return view
  const { en, zh } = view.text
  return {
    ...{ ...view, shrunk },
    text: {
      en: `${en}; ${shrunk.jobs} jobs of this house went on with fewer chips, ${shrunk.chipsFreed} chips were set free`,
      zh: `${zh}；本平台有 ${shrunk.jobs} 个作业以较少芯片继续运行，释放 ${shrunk.chipsFreed} 片芯片`,
    },
  }
}

import { useMemo } from 'react'
import { clockOf } from '../../parts/clock.ts'
import { useWords } from '../../words/use-words.ts'
import type { GanttModel } from './gantt-model.ts'

/** What is said of bars and pools. */
export function useBarNames(model: GanttModel) {
  const { t, count } = useWords()
  return useMemo(() => {
    const { bars, slotMinutes, pools, participants } = model.bars
    const clock = (slot: number): string => clockOf(slot * slotMinutes)
    return {
      poolLabels: model.pools.map(({ site, chip, count: chips }) =>
        t('gantt.pool', { site, chip, chips: count(chips) }),
      ),
      describe: (bar: number): string => {
        const { site, chip } = pools[bars.pool[bar]!]!
        const of = participants[bars.participant[bar]!]
        const name = bars.job[bar] === '' ? t('gantt.others') : `${bars.job[bar]} · ${of}`
        const when = { from: clock(model.start[bar]!), to: clock(model.end[bar]!) }
        const what = { site, chip, chips: count(bars.chips[bar]!), watts: count(bars.watts[bar]!) }
        return `${name}: ${t('gantt.bar', { ...what, ...when, tier: bars.tier[bar]! })}`
      },
    }
  }, [model, t, count])
}

import type { Rehearsal } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'

type Kept = Pick<Rehearsal, 'avoidedKwh' | 'weighted' | 'bound'>

/** How much work goes on in an event; below zero pauses throw away more than it lasts, and that is told as what is lost. */
export function useWorkKept({ avoidedKwh, weighted, bound }: Kept) {
  const { t, percent, amount } = useWords()
  const kwh = amount(avoidedKwh)
  if (weighted >= 0)
    return {
      name: t('event.performance'),
      share: percent(weighted),
      best: t('event.atMost', { bound: percent(bound) }),
      promise: t('event.announceKeeps', { kwh, share: percent(weighted) }),
    }
  return {
    name: t('event.workLost'),
    share: percent(1 - weighted),
    best: t('event.atLeast', { bound: percent(1 - bound) }),
    promise: t('event.announceLoses', { kwh, share: percent(1 - weighted) }),
  }
}

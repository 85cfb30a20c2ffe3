import type { RunDetail } from '@dengta/sdk'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

/** Everything that was asked, sent, answered and decided, the newest on top. */
export function Journal({ journal }: Pick<RunDetail, 'journal'>) {
  const { t, say } = useWords()
  const { moment, latency } = useTimes()
  return (
    <ScrollTable
      label={t('run1.journal')}
      heads={[t('alert.time'), t('run1.what'), t('playbook.step'), t('run1.who'), t('run1.outcome'), t('run1.took')]}
      numeric={[5]}
      rows={journal.toReversed().map((entry, i) => ({
        key: `${entry.at} ${entry.kind} ${String(journal.length - i)}`,
        cells: [
          moment(entry.at),
          <code key="kind">{entry.kind}</code>,
          [entry.step, entry.phase === 'undo' ? t('run1.phase.undo') : ''].filter(Boolean).join(' · ') || '–',
          entry.actor,
          [entry.outcome, entry.detail && say(entry.detail)].filter(Boolean).join(': ') || '–',
          entry.milliseconds === undefined ? '' : latency(entry.milliseconds),
        ],
      }))}
    />
  )
}

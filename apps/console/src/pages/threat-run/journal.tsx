import type { RunDetail } from '@dengta/sdk'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './run.module.css'

type Entry = RunDetail['journal'][number]

const stepOf = ({ step }: Entry, names: ReadonlyMap<string, string>): string | undefined =>
  step && (names.get(step) ?? step)

/** Everything that was asked, sent, answered and decided, the newest on top. */
export function Journal({ journal, done, work }: Pick<RunDetail, 'journal' | 'done' | 'work'>) {
  const { t, say, named } = useWords()
  const { moment, latency } = useTimes()
  const steps = new Map([...done, ...(work ? [work] : [])].map(({ step, name }) => [step, say(name)]))
  return (
    <ScrollTable
      label={t('run1.journal')}
      heads={[t('alert.time'), t('run1.what'), t('playbook.step'), t('run1.who'), t('run1.outcome'), t('run1.took')]}
      numeric={[5]}
      rows={journal.toReversed().map((entry, i) => ({
        key: `${entry.at} ${entry.kind} ${String(journal.length - i)}`,
        cells: [
          <span key="at" className={styles.whole}>
            {moment(entry.at)}
          </span>,
          named(`journal.${entry.kind}`, entry.kind),
          <span key="step" title={entry.step}>
            {[stepOf(entry, steps), entry.phase === 'undo' ? t('run1.phase.undo') : ''].filter(Boolean).join(' · ') ||
              '–'}
          </span>,
          entry.actor,
          [entry.outcome && named(`outcome.${entry.outcome}`, entry.outcome), entry.detail && say(entry.detail)]
            .filter(Boolean)
            .join(t('run1.colon')) || '–',
          entry.milliseconds === undefined ? '' : latency(entry.milliseconds),
        ],
      }))}
    />
  )
}

import type { SubmissionView } from '@dengta/sdk'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { attackName, attackSeen } from '../../words/probe-words.ts'
import { useWords } from '../../words/use-words.ts'

type Isolation = NonNullable<SubmissionView['isolation']>

/** The attacks tried just before the run, and what came of each. */
export function IsolationProbes({ isolation }: { readonly isolation: Isolation }) {
  const { t, language } = useWords()
  const outcome = (held: boolean) => (
    <Tag key="held" tone={held ? 'good' : 'bad'}>
      {t(held ? 'submission.held' : 'submission.broke')}
    </Tag>
  )
  return (
    <Section title={t('submission.isolation')} note={t('submission.isolationNote')} extra={outcome(isolation.held)}>
      <Facts
        facts={[
          [t('run.level'), isolation.level],
          [t('run.holds'), isolation.parts.join(', ') || t('run.nothingMissing')],
          [t('run.missing'), isolation.missing.join(', ') || t('run.nothingMissing')],
          [t('benchmark.record'), <RecordLink key="record" id={isolation.record} />],
        ]}
      />
      <ScrollTable
        label={t('submission.isolation')}
        heads={[t('submission.attack'), t('submission.outcome'), t('submission.seen')]}
        rows={isolation.probes.map(({ attack, held, seen }) => ({
          key: attack,
          cells: [attackName(attack, language), outcome(held), attackSeen(seen, language)],
        }))}
      />
    </Section>
  )
}

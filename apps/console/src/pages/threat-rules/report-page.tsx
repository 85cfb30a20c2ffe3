import type { RuleSetView } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Digest } from '../../parts/digest.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { RuleTabs } from '../../parts/rule-tabs.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { RuleLink } from '../../parts/threat-links.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { ReloadButton } from './reload-button.tsx'

export function ReportPage() {
  const { t } = useWords()
  const query = useHouse('getRuleSet', [])
  return (
    <ThreatFrame under="rules" title={t('rules.report')} actions={<ReloadButton />}>
      <RuleTabs />
      <Loaded query={query} lines={8}>
        {(set) => <Report set={set} />}
      </Loaded>
    </ThreatFrame>
  )
}

function Report({ set }: { readonly set: RuleSetView }) {
  const { t, say, count, cost } = useWords()
  const { moment } = useTimes()
  const told = { rules: count(set.rules), correlations: count(set.correlations), filters: count(set.filters) }
  return (
    <>
      <Section title={t('flow.rules')}>
        <Facts
          columns={3}
          facts={[
            [t('flow.rules'), t('flow.rulesText', told)],
            [t('flow.source'), `${say(set.source)} · ${set.licence}`],
            [t('flow.loadedAt'), moment(set.loadedAt)],
            [t('report.seconds'), `${cost(set.seconds)} s`],
            [t('threat.record'), set.record ? <RecordLink key="record" id={set.record} /> : '–'],
            [t('flow.hash'), <Digest key="hash" value={set.hash} />],
          ]}
        />
      </Section>
      <Section title={`${t('report.refused')} (${count(set.refused.length)})`} note={t('report.refusedNote')}>
        <RefusedTable refused={set.refused} />
      </Section>
      {set.idle.length > 0 && (
        <Section title={`${t('report.idle')} (${count(set.idle.length)})`} note={t('report.idleNote')}>
          <ScrollTable
            label={t('report.idle')}
            heads={[t('report.place'), t('rules.rule'), t('report.reason')]}
            rows={set.idle.map(({ file, line, title, reason }) => ({
              key: `${file} ${line} ${reason.en}`,
              cells: [<code key="place">{t('report.line', { file, line })}</code>, title, say(reason)],
            }))}
          />
        </Section>
      )}
      {set.quarantined.length > 0 && (
        <Section title={t('report.quarantined')} note={t('report.quarantinedNote')}>
          <Facts
            facts={set.quarantined.map(
              (id) =>
                [
                  t('rules.rule'),
                  <RuleLink key={id} id={id}>
                    {id}
                  </RuleLink>,
                ] as const,
            )}
          />
        </Section>
      )}
      <Section title={t('report.bySource')}>
        <ScrollTable
          label={t('report.bySource')}
          heads={[t('report.logSource'), t('threat.nav.rules')]}
          numeric={[1]}
          rows={set.byLogSource
            .toSorted((a, b) => b.rules - a.rules)
            .map(({ product, category, service, rules }) => {
              const name = [product, category, service].filter(Boolean).join(' / ')
              return { key: name, cells: [name || t('report.anySource'), count(rules)] }
            })}
        />
      </Section>
    </>
  )
}

function RefusedTable({ refused }: Pick<RuleSetView, 'refused'>) {
  const { t, say } = useWords()
  if (refused.length === 0) return <Notice title={t('report.noneRefused')} />
  return (
    <ScrollTable
      label={t('report.refused')}
      heads={[t('report.place'), t('rules.rule'), t('report.reason'), t('shell.code')]}
      rows={refused.map(({ file, line, id, title, code, reason }) => ({
        key: `${file} ${line} ${code}`,
        cells: [
          <code key="place">{t('report.line', { file, line })}</code>,
          title || id || '–',
          say(reason),
          <code key="code">{code}</code>,
        ],
      }))}
    />
  )
}

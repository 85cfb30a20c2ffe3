import { type RunRow, runQuery, runStatus } from '@dengta/sdk'
import { useFilters } from '../../house/use-filters.ts'
import { useHouse } from '../../house/use-house.ts'
import { FilterBar, FilterSelect } from '../../parts/filter-bar.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { PlaybookTabs } from '../../parts/playbook-tabs.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { shortId } from '../../parts/short-id.ts'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { IncidentLink, RunLink } from '../../parts/threat-links.tsx'
import { RunStatusTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

const MOST = 500

export function RunsPage() {
  const { t } = useWords()
  const { shown, show } = useFilters(runQuery)
  const query = useHouse('listRuns', [{ limit: MOST, ...shown }], { again: () => 3000 })
  return (
    <ThreatFrame under="playbooks" title={t('playbooks.runs')} lead={t('runs.lead')}>
      <PlaybookTabs />
      <FilterBar>
        <FilterSelect
          id="status"
          label={t('rules.state')}
          any={t('threat.any')}
          value={shown.status}
          options={runStatus.options.map((value) => ({ value, label: t(`runStatus.${value}`) }))}
          onChange={(status) => show({ status })}
        />
      </FilterBar>
      <Section title={t('playbooks.runs')}>
        <Loaded query={query} lines={6}>
          {(runs) => (
            <>
              <RunTable runs={runs} />
              {runs.length >= (shown.limit ?? MOST) && <Notice title={t('threat.newest', { count: runs.length })} />}
            </>
          )}
        </Loaded>
      </Section>
    </ThreatFrame>
  )
}

function RunTable({ runs }: { readonly runs: readonly RunRow[] }) {
  const { t, say } = useWords()
  const { moment } = useTimes()
  if (runs.length === 0) return <Notice title={t('runs.empty')}>{t('runs.emptyText')}</Notice>
  return (
    <ScrollTable
      label={t('playbooks.runs')}
      heads={[
        ...[t('threat.nav.playbooks'), t('rules.state'), t('runs.asks'), t('runs.requester')],
        ...[t('incident.reason'), t('incident.kicker'), t('runs.startedAt')],
      ]}
      rows={runs.map(({ id, name, status, asks, requester, reason, incident, startedAt, simulated }) => ({
        key: id,
        cells: [
          <span key="name">
            <RunLink id={id}>{say(name)}</RunLink> {simulated && <Tag tone="simulated">{t('runs.simulated')}</Tag>}
          </span>,
          <RunStatusTag key="status" status={status} />,
          asks ? t(`asks.${asks}`) : '–',
          requester,
          reason,
          incident ? (
            <span key="incident" title={incident}>
              <IncidentLink id={incident}>{shortId(incident)}</IncidentLink>
            </span>
          ) : (
            '–'
          ),
          moment(startedAt),
        ],
      }))}
    />
  )
}

import type { PlaybookRow } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { PlaybookTabs } from '../../parts/playbook-tabs.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { ImportPlaybook } from './import-playbook.tsx'
import styles from './playbooks.module.css'

export function PlaybooksPage() {
  const { t } = useWords()
  const { may } = useSession()
  const query = useHouse('listPlaybooks', [])
  return (
    <ThreatFrame under="playbooks" title={t('threat.nav.playbooks')} lead={t('playbooks.lead')}>
      <PlaybookTabs />
      <Section title={t('playbooks.list')}>
        <Loaded query={query} lines={6}>
          {(list) => <PlaybookTable playbooks={list} />}
        </Loaded>
      </Section>
      {may('operator') && (
        <Section title={t('playbooks.import')} note={t('playbooks.importNote')}>
          <ImportPlaybook />
        </Section>
      )}
    </ThreatFrame>
  )
}

function PlaybookTable({ playbooks }: { readonly playbooks: readonly PlaybookRow[] }) {
  const { t, say, count } = useWords()
  const { moment } = useTimes()
  if (playbooks.length === 0) return <Notice title={t('playbooks.empty')} />
  return (
    <ScrollTable
      label={t('playbooks.list')}
      heads={[
        t('threat.nav.playbooks'),
        t('playbooks.steps'),
        t('playbooks.approval'),
        t('playbooks.from'),
        t('rules.state'),
      ]}
      numeric={[1]}
      rows={playbooks.map((playbook) => ({
        key: playbook.id,
        cells: [
          <span key="name" className={styles.name}>
            <Link to="/serve/threat/playbooks/$playbook" params={{ playbook: playbook.id }}>
              {say(playbook.name)}
            </Link>
            <small>{say(playbook.description)}</small>
          </span>,
          count(playbook.steps),
          t(`approval.${playbook.approval}`),
          playbook.from === 'house'
            ? t('playbooks.from.house')
            : t('playbooks.from.imported', {
                by: playbook.importedBy ?? '–',
                at: playbook.importedAt ? moment(playbook.importedAt) : '–',
              }),
          <span key="usable" className={styles.name}>
            <Tag tone={playbook.usable ? 'good' : 'bad'}>
              {t(playbook.usable ? 'playbooks.usable' : 'playbooks.notUsable')}
            </Tag>
            {playbook.why && <small>{say(playbook.why)}</small>}
          </span>,
        ],
      }))}
    />
  )
}

import type { PlaybookDetail } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { FaultTable } from '../../parts/fault-table.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import { DryRun } from './dry-run.tsx'
import styles from './playbook.module.css'
import { PlaybookGraph } from './playbook-graph.tsx'

export function PlaybookPage() {
  const id = useParams({ strict: false }).playbook ?? ''
  const { t, say } = useWords()
  const { client } = useSession()
  const query = useHouse('getPlaybook', [id])
  const playbook = query.data
  const fetchFile = async () => (await client.downloadPlaybook(id)).blob()
  return (
    <ThreatFrame
      under="playbooks"
      title={playbook ? say(playbook.name) : id}
      back={{ to: '/serve/threat/playbooks', label: t('threat.nav.playbooks') }}
      kicker={
        <>
          {t('playbook.kicker')}
          {playbook && <Tag>{t(`approval.${playbook.approval}`)}</Tag>}
          {playbook && !playbook.usable && <Tag tone="bad">{t('playbooks.notUsable')}</Tag>}
        </>
      }
      lead={playbook && say(playbook.description)}
      actions={
        playbook && <DownloadButton label={t('playbook.export')} fileName={`${id}.json`} fetchFile={fetchFile} />
      }
    >
      <Loaded query={query} lines={10}>
        {(loaded) => <PlaybookBody playbook={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

function PlaybookBody({ playbook }: { readonly playbook: PlaybookDetail }) {
  const { t, say, count } = useWords()
  return (
    <>
      {playbook.why && <Notice title={say(playbook.why)} bad={!playbook.usable} />}
      {playbook.faults.length > 0 && (
        <Section title={t('playbooks.faults', { count: count(playbook.faults.length) })}>
          <FaultTable faults={playbook.faults} />
        </Section>
      )}
      <Section title={t('playbook.graph')} note={t('playbook.graphNote')}>
        <PlaybookGraph graph={playbook.graph} />
      </Section>
      <Section title={t('playbook.dryRun')} note={t('playbook.dryRunNote')} bare>
        <DryRun playbook={playbook} />
      </Section>
      <Section title={t('playbook.outline')}>
        <pre className={styles.outline}>{say(playbook.outline)}</pre>
      </Section>
    </>
  )
}

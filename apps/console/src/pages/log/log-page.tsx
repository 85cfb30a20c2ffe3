import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Digest } from '../../parts/digest.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LogHead } from '../../parts/log-head.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './log-page.module.css'
import { WitnessTable } from './witness-table.tsx'

export function LogPage() {
  const { t } = useWords()
  const { client } = useSession()
  const query = useHouse('getLog', [], { again: () => 10_000 })
  const fetchTrust = async () => JSON.stringify(await client.getTrust(), null, 2)
  return (
    <Page
      title={t('log.title')}
      lead={t('log.lead')}
      back={{ to: '/prove', label: t('verb.prove') }}
      actions={<DownloadButton label={t('log.trustDownload')} fileName="trust-root.json" fetchFile={fetchTrust} />}
    >
      <Loaded query={query}>
        {(log) => (
          <>
            {log.witnesses.some((witness) => witness.refusal) && <Notice title={t('log.alarm')} bad />}
            <Section title={t('log.head')}>
              <LogHead log={log} />
            </Section>
            <Section title={t('log.witnesses')}>
              <WitnessTable log={log} />
            </Section>
            <Section title={t('log.trust')} note={t('log.trustNote')}>
              <Facts facts={[[t('log.key'), <Digest key="key" value={log.logKeyId} />]]} />
            </Section>
            <Section title={t('log.checkpoint')} note={t('log.checkpointNote')}>
              <pre className={styles.note}>{log.checkpoint}</pre>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

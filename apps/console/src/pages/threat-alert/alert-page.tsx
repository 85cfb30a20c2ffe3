import type { AlertDetail } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { MatchedFields } from '../../parts/matched-fields.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RuleCreditLine } from '../../parts/rule-credit-line.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { GroupLink } from '../../parts/threat-links.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './alert-page.module.css'
import { eventLines } from './event-lines.ts'

export function AlertPage() {
  const id = useParams({ strict: false }).alert ?? ''
  const { t } = useWords()
  const { client } = useSession()
  const query = useHouse('getAlert', [id])
  const alert = query.data
  const fetchFile = async () => (await client.downloadAlertFinding(id)).blob()
  return (
    <ThreatFrame
      under="flow"
      title={alert?.rule.title ?? id}
      back={{ to: '/serve/threat', label: t('threat.nav.flow') }}
      kicker={
        <>
          {t('alert.title')}
          {alert && <LevelTag level={alert.rule.level} />}
        </>
      }
      actions={
        alert && <DownloadButton label={t('alert.finding')} fileName={`${id}.ocsf.json`} fetchFile={fetchFile} />
      }
    >
      <Loaded query={query} lines={10}>
        {(loaded) => <AlertBody alert={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

function AlertBody({ alert }: { readonly alert: AlertDetail }) {
  const { t } = useWords()
  const { zoned } = useTimes()
  const { rule, time, receivedAt, host, stream, line, detector, group, matched } = alert
  return (
    <>
      <Section title={t('alert.rule')}>
        <Facts
          columns={3}
          facts={[
            [t('alert.rule'), <RuleCreditLine key="rule" rule={rule} />],
            [t('alert.time'), zoned(time)],
            [t('alert.received'), zoned(receivedAt)],
            [t('alert.host'), host],
            [t('alert.stream'), t('alert.from', { stream, line })],
            [t('alert.detector'), detector],
            ...(group
              ? [
                  [
                    t('alert.group'),
                    <GroupLink key="group" id={group}>
                      {t('alert.toGroup')}
                    </GroupLink>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </Section>
      <Section title={t('alert.matched')}>
        {matched.length === 0 ? (
          <Notice title={t('alert.noneMatched')} />
        ) : (
          <div className={styles.pad}>
            <MatchedFields matched={matched} />
          </div>
        )}
      </Section>
      <Section title={t('alert.event')} note={t('alert.eventNote')}>
        <EventText alert={alert} />
      </Section>
    </>
  )
}

function EventText({ alert }: { readonly alert: AlertDetail }) {
  const { t } = useWords()
  if (alert.eventKept === 'too_large') return <Notice title={t('alert.eventTooLarge')} />
  if (alert.eventKept === 'expired') return <Notice title={t('alert.eventExpired')} />
  return (
    <dl className={styles.event}>
      {eventLines(alert.event, alert.matched).map(({ path, value, wanted }) => (
        <div key={path} data-hit={wanted !== undefined}>
          <dt>{path}</dt>
          <dd>
            {value}
            {wanted !== undefined && <span className="unseen"> ({t('alert.hit')})</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

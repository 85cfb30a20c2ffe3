import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { IncidentStateTag, VerdictTag } from '../../parts/threat-tags.tsx'
import { useWords } from '../../words/use-words.ts'
import { CloseIncidentButton } from './close-incident-button.tsx'
import { CopySummary } from './copy-summary.tsx'
import { IncidentBody } from './incident-body.tsx'
import { ReopenIncidentButton } from './reopen-incident-button.tsx'

export function IncidentPage() {
  const id = useParams({ strict: false }).incident ?? ''
  const { t, say } = useWords()
  const { client, may } = useSession()
  const query = useHouse('getIncident', [id], { again: (incident) => (incident?.state === 'closed' ? false : 5000) })
  const incident = query.data
  const fetchFile = async () => (await client.downloadIncidentFinding(id)).blob()
  return (
    <ThreatFrame
      under="incidents"
      title={incident ? say(incident.title) : id}
      back={{ to: '/serve/threat/incidents', label: t('threat.nav.incidents') }}
      kicker={
        <>
          {t('incident.kicker')}
          {incident && <LevelTag level={incident.severity} />}
          {incident && <IncidentStateTag {...incident} />}
          {incident?.verdict && <VerdictTag verdict={incident.verdict} />}
        </>
      }
      actions={
        incident && (
          <>
            <CopySummary incident={incident} />
            <DownloadButton label={t('alert.finding')} fileName={`${id}.ocsf.json`} fetchFile={fetchFile} />
            {may('operator') &&
              incident.mergedInto === undefined &&
              (incident.record === undefined ? (
                <CloseIncidentButton incident={incident} />
              ) : (
                <ReopenIncidentButton incident={incident} />
              ))}
          </>
        )
      }
    >
      <Loaded query={query} lines={10}>
        {(loaded) => <IncidentBody incident={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

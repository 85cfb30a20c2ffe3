import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { OriginTag, Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { GateSection } from './gate-section.tsx'
import { PainPoint } from './pain-point.tsx'
import { Requirement } from './requirement.tsx'

export function ScenarioPage() {
  const id = useParams({ strict: false }).scenario ?? ''
  const { t, say, time } = useWords()
  const { client } = useSession()
  const query = useHouse('getScenario', [id])
  const fetchFile = async () => JSON.stringify(await client.exportScenario(id), null, 2)
  return (
    <Page
      title={query.data ? say(query.data.title) : id}
      back={{ to: '/open', label: t('verb.open') }}
      kicker={
        <>
          {t('scenario.kicker')}
          {query.data && <OriginTag origin={query.data.origin} />}
          {query.data && <Tag>{t(`stage.${query.data.stage}`)}</Tag>}
        </>
      }
      lead={
        query.data && (
          <RecordLink
            id={query.data.record}
            label={t('scenario.statedBy', { owner: query.data.owner, at: time(query.data.statedAt) })}
          />
        )
      }
      actions={<DownloadButton label={t('scenario.export')} fileName={`${id}.dengta.json`} fetchFile={fetchFile} />}
    >
      <Loaded query={query} lines={10}>
        {(scenario) => (
          <>
            <PainPoint pain={scenario.painPoint} />
            <GateSection scenario={scenario} />
            <Requirement requirement={scenario.requirement} benchmarks={scenario.benchmarks} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Page } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { RecordBody } from './record-body.tsx'
import { sentenceOf } from './sentence-of.ts'

export function RecordPage() {
  const id = useParams({ strict: false }).record ?? ''
  const { t, say, time, count } = useWords()
  const { client } = useSession()
  const query = useHouse('getRecord', [id])
  const sentence = query.data && sentenceOf(query.data)
  return (
    <Page
      title={sentence ? say(sentence) : id.slice(0, 12)}
      back={{ to: '/records', label: t('records.title') }}
      kicker={
        query.data && (
          <>
            {t('record.kicker', { index: count(query.data.index) })}
            <Tag>{t(`kindOf.${query.data.kind}`)}</Tag>
          </>
        )
      }
      lead={query.data && `${query.data.actor} · ${time(query.data.at)}`}
      actions={
        <>
          <DownloadButton
            label={t('record.export')}
            fileName={`${id.slice(0, 12)}.dengta.json`}
            fetchFile={async () => JSON.stringify(await client.exportRecord(id), null, 2)}
          />
          <DownloadButton
            label={t('record.bundle')}
            fileName={`${id.slice(0, 12)}.sigstore.json`}
            fetchFile={async () => (await client.downloadBundle(id)).blob()}
          />
        </>
      }
    >
      <Loaded query={query} lines={8}>
        {(record) => <RecordBody record={record} />}
      </Loaded>
    </Page>
  )
}

import type { RecordQuery } from '@dengta/sdk'
import { Button } from 'antd'
import { useState } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { RecordTable } from '../../parts/record-table.tsx'
import { useWords } from '../../words/use-words.ts'
import { RecordFilter } from './record-filter.tsx'
import styles from './records-page.module.css'
import type { Shown } from './shown.ts'

const PAGE = 50

export function RecordsPage() {
  const { t } = useWords()
  const [shown, show] = useState<Shown>({ from: 0 })
  const query: RecordQuery = { ...shown, limit: PAGE }
  const records = useHouse('listRecords', [query])
  return (
    <Page title={t('records.title')} lead={t('records.lead')} back={{ to: '/prove', label: t('verb.prove') }}>
      <RecordFilter shown={shown} onChange={(change) => show({ ...shown, ...change, from: 0 })} />
      <Section title={t('records.title')}>
        <Loaded query={records} lines={8}>
          {(list) => (
            <>
              <RecordTable records={list.records} />
              <div className={styles.pager}>
                {shown.from > 0 && <Button onClick={() => show({ ...shown, from: 0 })}>{t('records.first')}</Button>}
                {list.next !== undefined && (
                  <Button onClick={() => show({ ...shown, from: list.next ?? 0 })}>{t('records.more')}</Button>
                )}
              </div>
            </>
          )}
        </Loaded>
      </Section>
    </Page>
  )
}

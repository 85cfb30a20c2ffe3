import { Segmented } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useWords } from '../../words/use-words.ts'
import { HandOverReport } from './hand-over-report.tsx'
import styles from './tickets.module.css'

const HOUR_MS = 3_600_000
const SHIFTS = [8, 12, 24] as const
type Shift = (typeof SHIFTS)[number]

/** The report of the hours that are over, in the language of the reader; the end is fixed when it is asked for. */
export function HandOver() {
  const { t, language } = useWords()
  const { client } = useSession()
  const [hours, setHours] = useState<Shift>(8)
  const [to] = useState(() => new Date())
  const shift = { from: new Date(to.getTime() - hours * HOUR_MS).toISOString(), to: to.toISOString() }
  const query = useHouse('getHandOver', [shift])
  const fetchFile = async () => new Blob([(await client.getHandOver(shift))[language]], { type: 'text/markdown' })
  return (
    <div>
      <div className={styles.tools} style={{ padding: '12px 16px' }}>
        <Segmented<Shift>
          value={hours}
          onChange={setHours}
          options={SHIFTS.map((value) => ({ value, label: t('handOver.last', { hours: value }) }))}
        />
        <DownloadButton label={t('handOver.save')} fileName="hand-over.md" fetchFile={fetchFile} />
      </div>
      <Loaded query={query} lines={8}>
        {(report) => <HandOverReport markdown={report[language]} />}
      </Loaded>
    </div>
  )
}

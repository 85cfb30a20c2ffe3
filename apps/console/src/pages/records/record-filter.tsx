import { type RecordKind, recordKind } from '@dengta/sdk'
import { Select } from 'antd'
import { useHouse } from '../../house/use-house.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './records-page.module.css'
import type { Shown } from './shown.ts'

interface Props {
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>) => void
}

export function RecordFilter({ shown, onChange }: Props) {
  const { t, say } = useWords()
  const scenarios = useHouse('listScenarios', [])
  return (
    <div className={styles.filter}>
      <label htmlFor="kind">
        {t('records.kind')}
        <Select<RecordKind | ''>
          id="kind"
          style={{ width: 180 }}
          value={shown.kind ?? ''}
          onChange={(kind) => onChange({ kind: kind || undefined })}
          options={[
            { value: '', label: t('records.allKinds') },
            ...recordKind.options.map((kind) => ({ value: kind, label: t(`kindOf.${kind}`) })),
          ]}
        />
      </label>
      <label htmlFor="scenario">
        {t('records.scenario')}
        <Select
          id="scenario"
          style={{ width: 'min(320px, 90vw)' }}
          value={shown.scenario ?? ''}
          onChange={(scenario) => onChange({ scenario: scenario || undefined })}
          options={[
            { value: '', label: t('records.allScenarios') },
            ...(scenarios.data ?? []).map(({ id, title }) => ({ value: id, label: say(title) })),
          ]}
        />
      </label>
    </div>
  )
}

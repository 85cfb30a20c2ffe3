import type { AlertView } from '@dengta/sdk'
import { useTimes } from '../words/use-times.ts'
import { useWords } from '../words/use-words.ts'
import { LevelTag } from './level-tag.tsx'
import { MatchedFields } from './matched-fields.tsx'
import { Notice } from './notice.tsx'
import { RuleCreditLine } from './rule-credit-line.tsx'
import { ScrollTable } from './scroll-table.tsx'
import { AlertLink } from './threat-links.tsx'

/** Alerts with the credit of their rule and the fields that made it fire. */
export function AlertTable({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const { t } = useWords()
  const { moment } = useTimes()
  if (alerts.length === 0) return <Notice title={t('flow.noAlerts')} />
  return (
    <ScrollTable
      label={t('flow.latest')}
      heads={[t('alert.time'), t('threat.mark'), t('alert.rule'), t('alert.host'), t('alert.matched')]}
      rows={alerts.map((alert) => ({
        key: alert.id,
        cells: [
          <AlertLink key="time" id={alert.id}>
            {moment(alert.time)}
          </AlertLink>,
          <LevelTag key="level" level={alert.rule.level} />,
          <RuleCreditLine key="rule" rule={alert.rule} />,
          alert.host,
          alert.matched.length === 0 ? '–' : <MatchedFields key="matched" matched={alert.matched} brief />,
        ],
      }))}
    />
  )
}

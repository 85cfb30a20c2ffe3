import { ApiError, type RiskFigure, type RiskView, type ShareView } from '@dengta/sdk'
import { useQueries } from '@tanstack/react-query'
import { useSession } from '../../house/session.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoundPlot } from './bound-plot.tsx'
import styles from './risk.module.css'
import { HOLDS_TONE } from './three-risks.tsx'

/** A mean over networks hides the one where a bound breaks: each stands for itself. */
export function NetworkTable({ networks }: { readonly networks: readonly string[] }) {
  const { t, say } = useWords()
  const { client } = useSession()
  const told = (problem: Error) => (problem instanceof ApiError ? say(problem.text) : t('shell.unexpected'))
  const answers = useQueries({
    queries: networks.map((network) => ({
      queryKey: ['getTriageRisk', { network }],
      queryFn: () => client.getTriageRisk({ network }),
    })),
  })
  return (
    <ScrollTable
      label={t('risk.networks')}
      heads={[t('threat.network'), t('risk.automation'), t('risk.falseAlarms'), '', t('risk.missed'), '']}
      rows={networks.map((network, i) => ({
        key: network,
        cells: [network, ...cellsOf(answers[i]?.data, answers[i]?.error ? told(answers[i].error) : t('shell.loading'))],
      }))}
    />
  )
}

function cellsOf(risk: RiskView | undefined, otherwise: string) {
  if (!risk) return [otherwise, '', '', '', '']
  return [
    <Cell key="automation" share={risk.automation.groups} />,
    <Cell key="false" share={risk.falseAlarms.groups} figure={risk.falseAlarms.groups} />,
    <Plot key="falsePlot" figure={risk.falseAlarms.groups} of="falseAlarms" />,
    <Cell key="missed" share={risk.missed} figure={risk.missed} />,
    <Plot key="missedPlot" figure={risk.missed} of="missed" />,
  ]
}

function Cell({ share, figure }: { readonly share: ShareView; readonly figure?: RiskFigure }) {
  const { t, count, gap } = useWords()
  return (
    <span className={styles.cell}>
      <b>{share.rate === undefined ? t('risk.noRate') : gap(share.rate)}</b>
      <small>{t('threat.ofAll', { count: count(share.count), of: count(share.of) })}</small>
      {figure && (
        <span>
          <Tag tone={HOLDS_TONE[figure.holds]}>{t(`risk.holds.${figure.holds}`)}</Tag>
        </span>
      )}
    </span>
  )
}

function Plot({ figure, of }: { readonly figure: RiskFigure; readonly of: 'falseAlarms' | 'missed' }) {
  const { t } = useWords()
  return (
    <div style={{ width: 170 }}>
      <BoundPlot name={t(`risk.${of}`)} figure={figure} />
    </div>
  )
}

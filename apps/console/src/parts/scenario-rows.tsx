import type { Programme } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useWords } from '../words/use-words.ts'
import { GateLights } from './gate-lights.tsx'
import { Notice } from './notice.tsx'
import styles from './scenario-rows.module.css'
import { isStage } from './stage.ts'
import { OriginTag } from './tag.tsx'

export type ScenarioRow = Programme['scenarios'][number]

/** One scenario a row: what it is, how far it is, and its gates. */
export function ScenarioRows({ scenarios }: { readonly scenarios: readonly ScenarioRow[] }) {
  const { t, say } = useWords()
  if (scenarios.length === 0) {
    return <Notice title={t('programme.empty')}>{t('programme.emptyText')}</Notice>
  }
  return (
    <ul className={styles.rows}>
      {scenarios.map((scenario) => (
        <li key={scenario.id}>
          <div className={styles.what}>
            <Link to="/scenarios/$scenario" params={{ scenario: scenario.id }} className={styles.title}>
              {say(scenario.title)}
            </Link>
            <p className={styles.meta}>
              <OriginTag origin={scenario.origin} /> {scenario.industry} · {scenario.owner}
            </p>
          </div>
          <p className={styles.stage}>{isStage(scenario.stage) ? t(`stage.${scenario.stage}`) : scenario.stage}</p>
          <GateLights gates={scenario.gates} />
        </li>
      ))}
    </ul>
  )
}

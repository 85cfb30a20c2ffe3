import type { GateView } from '@dengta/sdk'
import { Popover } from 'antd'
import { useWords } from '../words/use-words.ts'
import { GateLight } from './gate-light.tsx'
import styles from './gate-lights.module.css'
import { ReasonList } from './reason-list.tsx'

/** The gates of a scenario in a row; each gives its reasons on hover, focus and touch. */
export function GateLights({ gates }: { readonly gates: readonly GateView[] }) {
  const { t } = useWords()
  return (
    <ul className={styles.row}>
      {gates.map((gate) => (
        <li key={`${gate.gate} ${gate.about}`}>
          <Popover
            trigger={['hover', 'focus', 'click']}
            title={t(`gate.name.${gate.gate}`)}
            content={<ReasonList reasons={gate.reasons} />}
            styles={{ root: { maxWidth: 'min(420px, 92vw)' } }}
          >
            <button type="button" className={styles.button} aria-label={`${gate.gate} ${t(`gate.${gate.decision}`)}`}>
              <GateLight gate={gate.gate} state={gate.decision} />
            </button>
          </Popover>
        </li>
      ))}
    </ul>
  )
}

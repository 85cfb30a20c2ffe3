import type { GateView } from '@dengta/sdk'
import { Popover } from 'antd'
import { useWords } from '../words/use-words.ts'
import { type GateGroup, gateGroups } from './gate-groups.ts'
import { GateLight } from './gate-light.tsx'
import styles from './gate-lights.module.css'
import { ReasonList } from './reason-list.tsx'

/** One light a gate, in a row; each gives its reasons on hover, focus and touch. */
export function GateLights({ gates }: { readonly gates: readonly GateView[] }) {
  const { t } = useWords()
  return (
    <ul className={styles.row}>
      {gateGroups(gates).map((group) => (
        <li key={group.gate}>
          <Popover
            trigger={['hover', 'focus', 'click']}
            title={t(`gate.name.${group.gate}`)}
            content={<GroupReasons group={group} />}
            styles={{ root: { maxWidth: 'min(480px, 92vw)' } }}
          >
            <button type="button" className={styles.button}>
              <GateLight gate={group.gate} state={group.state} />
              {group.views.length > 1 && (
                <span className={styles.share}>{t('gate.share', { open: group.open, all: group.views.length })}</span>
              )}
            </button>
          </Popover>
        </li>
      ))}
    </ul>
  )
}

/** Every reason of a single answer; of several only what keeps each of them from standing open. */
function GroupReasons({ group: { views } }: { readonly group: GateGroup }) {
  const { t } = useWords()
  const [only, ...others] = views
  if (only && others.length === 0) return <ReasonList reasons={only.reasons} />
  return (
    <ul className={styles.views}>
      {views.map(({ gate, about, decision, reasons }) => (
        <li key={about}>
          <GateLight gate={gate} state={decision} /> <code>{about}</code>
          {decision === 'OPEN' ? (
            <p>{t('gate.allMet', { count: reasons.length })}</p>
          ) : (
            <ReasonList reasons={reasons.filter(({ met }) => met !== 'yes')} />
          )}
        </li>
      ))}
    </ul>
  )
}

import type { GateView } from '@dengta/sdk'
import { GateLight } from '../../parts/gate-light.tsx'
import { ReasonList } from '../../parts/reason-list.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useWords } from '../../words/use-words.ts'
import { DecideButton } from './decide-button.tsx'
import styles from './gate-section.module.css'
import { GateSubject } from './gate-subject.tsx'

interface Props {
  readonly scenario: string
  readonly gate: GateView
}

/** One gate: its answer now, every reason, the records it rests on, and the last signed decision. */
export function GateCard({ scenario, gate }: Props) {
  const { t } = useWords()
  return (
    <div className={styles.card} data-state={gate.decision}>
      <div className={styles.cardHead}>
        <h3>{t(`gate.name.${gate.gate}`)}</h3>
        <GateLight gate={gate.gate} state={gate.decision} />
      </div>
      <p className={styles.about}>
        {t('scenario.about')} <GateSubject gate={gate} />
      </p>
      <ReasonList reasons={gate.reasons} />
      {gate.basis.length > 0 && (
        <p className={styles.basis}>
          {t('scenario.rests')}{' '}
          {gate.basis.map((id) => (
            <RecordLink key={id} id={id} />
          ))}
        </p>
      )}
      <div className={styles.decided}>
        <Decided gate={gate} />
        <DecideButton scenario={scenario} gate={gate} />
      </div>
    </div>
  )
}

function Decided({ gate: { decided, decision } }: { readonly gate: GateView }) {
  const { t, time } = useWords()
  if (!decided) return <span>{t('scenario.undecided')}</span>
  const label = t('scenario.decided', { decision: t(`gate.${decided.decision}`), at: time(decided.at) })
  return (
    <span>
      <RecordLink id={decided.record} label={label} /> {decided.decision !== decision && t('scenario.changed')}
    </span>
  )
}

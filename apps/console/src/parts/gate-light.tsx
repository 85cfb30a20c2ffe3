import type { GateState } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import styles from './gate-light.module.css'
import { Icon, type IconName } from './icon.tsx'

const SIGN: Readonly<Record<GateState, IconName>> = { OPEN: 'check', CLOSED: 'cross', NOT_PROVEN: 'question' }

interface Props {
  readonly gate: string
  readonly state: GateState
  readonly small?: boolean
}

/** A gate told by colour, by sign and by word. */
export function GateLight({ gate, state, small = false }: Props) {
  const { t } = useWords()
  return (
    <span className={styles.light} data-state={state} data-small={small}>
      <span className={styles.lamp}>
        <Icon name={SIGN[state]} size={small ? 10 : 12} />
      </span>
      <b>{gate}</b>
      <span className={small ? 'unseen' : undefined}>{t(`gate.${state}`)}</span>
    </span>
  )
}

import type { GateView } from '@dengta/sdk'
import type { Terminal } from './terminal.ts'

const SIGN = { yes: '✓', no: '✗', unknown: '?' } as const
const STATE = {
  OPEN: { en: 'OPEN', zh: '开放' },
  CLOSED: { en: 'CLOSED', zh: '关闭' },
  NOT_PROVEN: { en: 'NOT PROVEN', zh: '未证实' },
} as const

/** A gate in words: its state, then each reason with whether it is met. */
export function gateLine(gate: GateView, { say }: Pick<Terminal, 'say'>): string[] {
  return [
    `${gate.gate} ${say(STATE[gate.decision])}  ${gate.about}`,
    ...gate.reasons.map((reason) => `   ${SIGN[reason.met]} ${say(reason.text)}`),
  ]
}

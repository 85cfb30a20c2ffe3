import type { Programme } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { GateLights } from '../../parts/gate-lights.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { OriginTag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

const GATES = ['G1', 'G2', 'G3'] as const

/** Scenarios down, gates across: what stands open where. */
export function GateMatrix({ scenarios }: { readonly scenarios: Programme['scenarios'] }) {
  const { t, say } = useWords()
  if (scenarios.length === 0) {
    return <Notice title={t('programme.empty')}>{t('programme.emptyText')}</Notice>
  }
  return (
    <ScrollTable
      label={t('repeat.gates')}
      heads={[t('scenario.kicker'), '', ...GATES]}
      rows={scenarios.map(({ id, title, origin, gates }) => ({
        key: id,
        cells: [
          <Link key="title" to="/scenarios/$scenario" params={{ scenario: id }}>
            {say(title)}
          </Link>,
          <OriginTag key="origin" origin={origin} />,
          ...GATES.map((name) => <GateLights key={name} gates={gates.filter(({ gate }) => gate === name)} />),
        ],
      }))}
    />
  )
}

import type { GateView } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

/** Freezes the answer of this moment into a signed record; shown to who may decide. */
export function DecideButton({ scenario, gate }: { readonly scenario: string; readonly gate: GateView }) {
  const { t } = useWords()
  const { client, may } = useSession()
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () => client.decideGate(scenario, { gate: gate.gate, about: gate.about }),
    onSuccess: () => cache.invalidateQueries(),
    onError: useNotice(),
  })
  if (!may('owner', 'operator')) return null
  return (
    <Button size="small" loading={decide.isPending} onClick={() => decide.mutate()}>
      {t('scenario.decide')}
    </Button>
  )
}

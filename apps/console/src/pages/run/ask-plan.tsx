import { type DayView, EFFORTS, type EffortName, effortName } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './day-cards.module.css'

/** Queues a plan of a day, for the operator. */
export function AskPlan({ day }: { readonly day: DayView }) {
  const { t, say } = useWords()
  const { client, may } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const [effort, setEffort] = useState<EffortName>('normal')
  const ask = useMutation({
    mutationFn: () => client.askPlan({ day: day.id, effort }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['listPlans'] }),
    onError: tell,
  })
  if (!may('operator')) return null
  return (
    <div className={styles.ask}>
      <Select
        aria-label={t('days.effort')}
        value={effort}
        style={{ width: 150 }}
        options={effortName.options.map((each) => ({ value: each, label: say(EFFORTS[each]) }))}
        onChange={setEffort}
      />
      <Button type={day.plan ? 'default' : 'primary'} loading={ask.isPending} onClick={() => ask.mutate()}>
        {t('days.plan')}
      </Button>
    </div>
  )
}

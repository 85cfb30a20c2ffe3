import type { RuleDetail } from '@dengta/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { Notice } from '../../parts/notice.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './rule.module.css'

/** Since when and why a rule is off, and the way back for who may take it. */
export function QuarantineNotice({ rule: { id, quarantine } }: { readonly rule: RuleDetail }) {
  const { t, say, count } = useWords()
  const { moment } = useTimes()
  const { may } = useSession()
  return (
    <Notice title={t('rule.quarantined')} bad>
      {quarantine && (
        <p>
          {t('rule.offSince', {
            since: moment(quarantine.since),
            detectors: count(quarantine.detectors),
            of: count(quarantine.of),
          })}
          {say(quarantine.reason)}
        </p>
      )}
      {may('operator') ? <LiftButton rule={id} /> : <p>{t('rule.whoLifts')}</p>}
    </Notice>
  )
}

function LiftButton({ rule }: { readonly rule: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const { message } = App.useApp()
  const lift = useMutation({
    mutationFn: () => client.liftQuarantine(rule),
    onSuccess: (lifted) => {
      cache.setQueryData(['getRule', rule], lifted)
      void message.success(t('rule.lifted'))
      for (const key of ['getRuleSet', 'listRules']) void cache.invalidateQueries({ queryKey: [key] })
    },
    onError: tell,
  })
  return (
    <Button className={styles.lift ?? ''} loading={lift.isPending} onClick={() => lift.mutate()}>
      {t('rule.lift')}
    </Button>
  )
}

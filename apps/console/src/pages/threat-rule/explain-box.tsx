import type { RuleDetail } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { ExplainCommand } from './explain-command.tsx'
import { ExplanationView } from './explanation-view.tsx'
import { LatestEventButton } from './latest-event-button.tsx'
import styles from './rule.module.css'

/** A pasted event against this rule, detection by detection, or the command that does so without the house. */
export function ExplainBox({ rule }: { readonly rule: RuleDetail }) {
  const { t } = useWords()
  const { client } = useSession()
  const [event, setEvent] = useState('')
  const explain = useMutation({ mutationFn: (text: string) => client.explainRule(rule.id, text) })
  const fill = (text: string) => {
    setEvent(text)
    explain.reset()
  }
  if (rule.kind === 'correlation') return <Notice title={t('explain.correlation')} />
  return (
    <div className={styles.explain}>
      <p>{t('rule.explainHow')}</p>
      <label htmlFor="explain-json" className={styles.paste}>
        {t('explain.event')}
        <Input.TextArea
          id="explain-json"
          className={styles.json ?? ''}
          rows={6}
          spellCheck={false}
          value={event}
          onChange={({ target }) => fill(target.value)}
        />
      </label>
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={event.trim() === ''}
          loading={explain.isPending}
          onClick={() => explain.mutate(event)}
        >
          {t('explain.send')}
        </Button>
        {rule.latest[0] && <LatestEventButton alert={rule.latest[0].id} onEvent={fill} />}
      </div>
      {explain.error && <ProblemNotice error={explain.error} />}
      {explain.data && <ExplanationView explanation={explain.data} />}
      <ExplainCommand rule={rule.id} />
    </div>
  )
}

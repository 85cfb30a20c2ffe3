import { shellWord } from '@dengta/sdk'
import { Input } from 'antd'
import { useState } from 'react'
import { CommandLine } from '../../parts/command-line.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './rule.module.css'

/** The command that compares an event of a file with this rule, without the house. */
export function ExplainCommand({ rule }: { readonly rule: string }) {
  const { t } = useWords()
  const [event, setEvent] = useState('events.json:1')
  const [folder, setFolder] = useState('rules')
  const command = `npx dengta threat explain ${shellWord(event)} ${shellWord(rule)} --rules ${shellWord(folder)}`
  return (
    <div className={styles.offline}>
      <p>{t('explain.offline')}</p>
      <div className={styles.inputs}>
        <label htmlFor="explain-event">
          {t('rule.explainFile')}
          <Input id="explain-event" value={event} onChange={({ target }) => setEvent(target.value)} />
        </label>
        <label htmlFor="explain-rules">
          {t('rule.explainRules')}
          <Input id="explain-rules" value={folder} onChange={({ target }) => setFolder(target.value)} />
        </label>
      </div>
      <CommandLine command={command} />
    </div>
  )
}

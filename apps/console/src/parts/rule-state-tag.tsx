import type { RuleRow } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

const TONE = { active: 'good', silent: 'plain', quarantined: 'bad' } as const

export function RuleStateTag({ state }: { readonly state: RuleRow['state'] }) {
  const { t } = useWords()
  return <Tag tone={TONE[state]}>{t(`ruleState.${state}`)}</Tag>
}

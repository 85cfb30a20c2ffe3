import type { PlanView } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

const TONE = { waiting: 'unsure', running: 'unsure', done: 'good', failed: 'bad', cancelled: 'plain' } as const

export function PlanStateTag({ state }: { readonly state: PlanView['state'] }) {
  const { t } = useWords()
  return <Tag tone={TONE[state]}>{t(`planState.${state}`)}</Tag>
}

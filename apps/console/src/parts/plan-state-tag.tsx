import { PLAN_STATES, type PlanView } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

const TONE = { waiting: 'unsure', running: 'unsure', done: 'good', failed: 'bad', cancelled: 'plain' } as const

export function PlanStateTag({ state }: { readonly state: PlanView['state'] }) {
  const { say } = useWords()
  return <Tag tone={TONE[state]}>{say(PLAN_STATES[state])}</Tag>
}

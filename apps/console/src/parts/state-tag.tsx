import type { SubmissionView } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

const TONE = { waiting: 'unsure', running: 'unsure', scored: 'good', refused: 'bad' } as const

export function StateTag({ state }: { readonly state: SubmissionView['state'] }) {
  const { t } = useWords()
  return <Tag tone={TONE[state]}>{t(`state.${state}`)}</Tag>
}

import type { Health } from '@dengta/sdk'
import { Facts } from '../../parts/facts.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** How strongly this machine can fence a stranger's model in, with what it lacks. */
export function IsolationFacts({ sandbox }: { readonly sandbox: Health['sandbox'] }) {
  const { t } = useWords()
  const tags = (names: readonly string[], tone: 'good' | 'unsure') =>
    names.map((name) => (
      <span key={name}>
        <Tag tone={tone}>{name}</Tag>{' '}
      </span>
    ))
  return (
    <Facts
      facts={[
        [t('run.level'), t(`run.level.${sandbox.name}`)],
        [t('run.holds'), tags(sandbox.parts, 'good')],
        [t('run.missing'), sandbox.missing.length === 0 ? t('run.nothingMissing') : tags(sandbox.missing, 'unsure')],
      ]}
    />
  )
}

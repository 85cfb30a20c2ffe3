import type { SubmissionView } from '@dengta/sdk'
import { Digest } from '../../parts/digest.tsx'
import { type Fact, Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useWords } from '../../words/use-words.ts'

/** Every record of this submission, and the digests by which it can be scored again. */
export function SubmissionRecords({ submission }: { readonly submission: SubmissionView }) {
  const { t } = useWords()
  const { record, isolation, evaluation, refusal, replay, model } = submission
  const records = [
    ['submission', record],
    ['isolation', isolation?.record],
    ['evaluation', evaluation?.record],
    ['refusal', refusal?.record],
    ['replay', replay?.record],
  ] as const
  const links = records.flatMap(([kind, id]): readonly Fact[] =>
    id ? [[t(`kindOf.${kind}`), <RecordLink key={kind} id={id} />]] : [],
  )
  const digests: readonly Fact[] = [
    [t('submission.model'), <Digest key="model" value={model} />],
    ...(evaluation
      ? [[t('submission.resultDigest'), <Digest key="result" value={evaluation.resultDigest} />] as const]
      : []),
  ]
  return (
    <Section title={t('submission.records')}>
      <Facts facts={[...links, ...digests]} />
    </Section>
  )
}

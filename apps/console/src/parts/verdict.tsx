import { Link } from '@tanstack/react-router'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

interface Props {
  readonly verdict: 'pass' | 'fail'
  readonly record: string
}

/** The outcome of a check, leading to its record. */
export function Verdict({ verdict, record }: Props) {
  const { t } = useWords()
  return (
    <Link to="/records/$record" params={{ record }}>
      <Tag tone={verdict === 'pass' ? 'good' : 'bad'}>
        {t(verdict === 'pass' ? 'benchmark.qualityPass' : 'benchmark.qualityFail')}
      </Tag>
    </Link>
  )
}

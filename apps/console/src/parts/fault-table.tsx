import type { PlaybookLint } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { ScrollTable } from './scroll-table.tsx'

/** What is wrong with a playbook, with the place as a JSON path. */
export function FaultTable({ faults }: Pick<PlaybookLint, 'faults'>) {
  const { t, say } = useWords()
  return (
    <ScrollTable
      label={t('playbooks.fault')}
      heads={[t('playbooks.faultPlace'), t('playbooks.fault')]}
      rows={faults.map(({ path, problem }) => ({
        key: `${path} ${problem.en}`,
        cells: [<code key="path">{path}</code>, say(problem)],
      }))}
    />
  )
}

import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { GateMatrix } from './gate-matrix.tsx'

export function RepeatPage() {
  const { t } = useWords()
  const programme = useHouse('getProgramme', [])
  return (
    <Page title={t('repeat.title')} lead={t('repeat.lead')}>
      <Section title={t('repeat.gates')}>
        <Loaded query={programme}>{({ scenarios }) => <GateMatrix scenarios={scenarios} />}</Loaded>
      </Section>
      <Section title={t('repeat.later')}>
        <Notice title={t('repeat.laterText')} />
      </Section>
    </Page>
  )
}

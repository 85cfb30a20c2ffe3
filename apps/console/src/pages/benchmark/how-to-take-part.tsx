import type { BenchmarkView } from '@dengta/sdk'
import { useSession } from '../../house/session.tsx'
import { DownloadButton } from '../../parts/download-button.tsx'
import { Section } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './benchmark-page.module.css'

export function HowToTakePart({ benchmark }: { readonly benchmark: BenchmarkView }) {
  const { t, language } = useWords()
  const { client } = useSession()
  const forms = new Intl.ListFormat(language, { type: 'disjunction' }).format(
    benchmark.forms.map((form) => t(`form.${form}`)),
  )
  const fetchFile = async () => (await client.downloadOpenRows(benchmark.id)).blob()
  return (
    <Section title={t('benchmark.how')}>
      <ol className={styles.steps}>
        <li>
          <p>{t('benchmark.how1')}</p>
          {benchmark.dataset && (
            <DownloadButton
              label={t('benchmark.openRows')}
              fileName={`${benchmark.id}-open.csv`}
              fetchFile={fetchFile}
            />
          )}
        </li>
        <li>{t('benchmark.how2', { forms })}</li>
        <li>{t('benchmark.how3')}</li>
      </ol>
      <p className={styles.caption}>{t('benchmark.features')}</p>
      <div className={styles.features}>
        {benchmark.features.map((name) => (
          <Tag key={name}>{name}</Tag>
        ))}
      </div>
    </Section>
  )
}

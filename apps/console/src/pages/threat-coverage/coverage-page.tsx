import type { CoverageView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RuleTabs } from '../../parts/rule-tabs.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './coverage.module.css'
import { CoverageMatrix } from './coverage-matrix.tsx'
import type { Only, Shade } from './shade.ts'

export function CoveragePage() {
  const { t } = useWords()
  const query = useHouse('getCoverage', [])
  return (
    <ThreatFrame under="rules" title={t('rules.coverage')} lead={t('coverage.lead')}>
      <RuleTabs />
      <Loaded query={query} lines={12}>
        {(coverage) => <Coverage coverage={coverage} />}
      </Loaded>
    </ThreatFrame>
  )
}

function Coverage({ coverage }: { readonly coverage: CoverageView }) {
  const { t, say, count } = useWords()
  const [shade, setShade] = useState<Shade>('rules')
  const [only, setOnly] = useState<Only>('all')
  const { covered, techniques, untagged } = coverage
  return (
    <>
      {!coverage.complete && <Notice title={t('coverage.incomplete')} />}
      <div className={styles.tools}>
        <b>
          {t('coverage.counts', { covered: count(covered), techniques: count(techniques), untagged: count(untagged) })}
        </b>
        <span className={styles.choice}>
          {t('coverage.shade')}
          <Segmented<Shade>
            value={shade}
            onChange={setShade}
            options={[
              { value: 'rules', label: t('coverage.byRules') },
              { value: 'hits', label: t('coverage.byHits') },
            ]}
          />
        </span>
        <span className={styles.choice}>
          {t('coverage.only')}
          <Segmented<Only>
            value={only}
            onChange={setOnly}
            options={[
              { value: 'all', label: t('coverage.all') },
              { value: 'gaps', label: t('coverage.gaps') },
              { value: 'quiet', label: t('coverage.quiet') },
            ]}
          />
        </span>
      </div>
      <CoverageMatrix coverage={coverage} shade={shade} only={only} />
      <p className={styles.source}>
        {t('coverage.key')} {say(coverage.source)}
      </p>
      <Strangers tags={coverage.notInMatrix} />
    </>
  )
}

/** What rules name and the matrix lacks is listed, not dropped. */
function Strangers({ tags }: { readonly tags: CoverageView['notInMatrix'] }) {
  const { t, count } = useWords()
  if (tags.length === 0) return null
  return (
    <Section title={t('coverage.strangers')} note={t('coverage.strangersNote')}>
      <ScrollTable
        label={t('coverage.strangers')}
        heads={[t('coverage.tag'), t('coverage.byRules'), t('coverage.byHits')]}
        numeric={[1, 2]}
        rows={tags.map(({ id, rules, hits }) => ({
          key: id,
          cells: [
            id.startsWith('T') ? (
              <Link key="id" to="/serve/threat/rules" search={{ technique: id } as never}>
                {id}
              </Link>
            ) : (
              id
            ),
            count(rules),
            count(hits),
          ],
        }))}
      />
    </Section>
  )
}

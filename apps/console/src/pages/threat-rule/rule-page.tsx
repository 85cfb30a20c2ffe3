import type { RuleDetail } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { AlertTable } from '../../parts/alert-table.tsx'
import { LevelTag } from '../../parts/level-tag.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RuleStateTag } from '../../parts/rule-state-tag.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import { ExplainBox } from './explain-box.tsx'
import { FilterDraftBox } from './filter-draft-box.tsx'
import { QuarantineNotice } from './quarantine-notice.tsx'
import { CreditFacts, HitFacts } from './rule-facts.tsx'
import { RuleSource } from './rule-source.tsx'

export function RulePage() {
  const id = useParams({ strict: false }).rule ?? ''
  const { t, named } = useWords()
  const query = useHouse('getRule', [id], { again: () => 10_000 })
  const rule = query.data
  return (
    <ThreatFrame
      under="rules"
      title={rule?.title ?? id}
      back={{ to: '/serve/threat/rules', label: t('threat.nav.rules') }}
      kicker={
        rule && (
          <>
            {t(`rule.kind.${rule.kind}`)}
            <LevelTag level={rule.level} />
            <RuleStateTag state={rule.state} />
            <Tag>{named(`ruleStatus.${rule.status}`, rule.status)}</Tag>
          </>
        )
      }
      lead={rule?.description}
    >
      <Loaded query={query} lines={12}>
        {(loaded) => <RuleBody rule={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

function RuleBody({ rule }: { readonly rule: RuleDetail }) {
  const { t } = useWords()
  return (
    <>
      {rule.state === 'quarantined' && <QuarantineNotice rule={rule} />}
      {rule.state === 'silent' && <Notice title={t('rule.silent')} />}
      <Section title={t('rule.credit')}>
        <CreditFacts rule={rule} />
      </Section>
      <Section title={t('rule.hitsCost')} note={t('rule.costNote')}>
        <HitFacts rule={rule} />
      </Section>
      <Section title={t('rule.latest')}>
        <AlertTable alerts={rule.latest} />
      </Section>
      <Section title={t('rule.explain')}>
        <ExplainBox rule={rule} />
      </Section>
      {rule.verdicts.benign > 0 && (
        <Section title={t('rule.filter')} note={t('rule.filterNote')}>
          <FilterDraftBox rule={rule.id} />
        </Section>
      )}
      <Section title={t('rule.source')}>
        <RuleSource rule={rule} />
      </Section>
    </>
  )
}

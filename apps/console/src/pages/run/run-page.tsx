import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { IsolationFacts } from './isolation-facts.tsx'

export function RunPage() {
  const { t, count } = useWords()
  const health = useHouse('getHealth', [], { again: () => 5_000 })
  return (
    <Page title={t('run.title')} lead={t('run.lead')}>
      <Loaded query={health}>
        {({ jobsWaiting, uptimeSeconds, version, store, sandbox }) => (
          <>
            <Section title={t('run.queue')}>
              <Facts
                facts={[
                  [t('run.waiting'), count(jobsWaiting)],
                  [t('run.uptime'), t('run.minutes', { minutes: count(Math.floor(uptimeSeconds / 60)) })],
                  [t('run.store'), t(`run.store.${store}`)],
                  [t('run.version'), version],
                ]}
              />
            </Section>
            <Section title={t('run.isolation')}>
              <IsolationFacts sandbox={sandbox} />
            </Section>
          </>
        )}
      </Loaded>
      <Section title={t('run.later')}>
        <Notice title={t('run.laterText')} />
      </Section>
    </Page>
  )
}

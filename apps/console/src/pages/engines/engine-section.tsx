import type { EngineView } from '@dengta/sdk'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { EngineSites } from './engine-sites.tsx'
import { RefusedJobs } from './refused-jobs.tsx'

/** What runs the jobs of public compute: for those who take part. */
export function EngineSection() {
  const { t } = useWords()
  const { me } = useSession()
  return (
    <Section title={t('engines.jobs')} note={t('engines.jobsNote')}>
      {me ? <Followed /> : <Notice title={t('engines.signIn')}>{t('engines.signInText')}</Notice>}
    </Section>
  )
}

function Followed() {
  const query = useHouse('getComputeEngine', [], { again: () => 2_000 })
  return (
    <Loaded query={query} lines={6}>
      {(view) => (
        <>
          <EngineFacts view={view} />
          <EngineSites sites={view.sites} />
          <RefusedJobs refused={view.refused} />
        </>
      )}
    </Loaded>
  )
}

const TONE = {
  absent: 'bad',
  retrying: 'unsure',
  starting: 'unsure',
  runs: 'good',
  over: 'bad',
  failing: 'bad',
} as const

function EngineFacts({ view }: { readonly view: EngineView }) {
  const { t, say, time, count } = useWords()
  const { engine, state, why, jobs, contactAt, lastError, retry } = view
  return (
    <Facts
      columns={2}
      facts={[
        [
          t('engines.state'),
          <span key="state">
            <Tag tone={TONE[state]}>{t(`engineState.${state}`)}</Tag> {say(why)}
          </span>,
        ],
        [t('engines.kind'), engine ? t(`engineKind.${engine}`) : '–'],
        [t('engines.running'), count(jobs.running)],
        [t('engines.waiting'), t('engines.waitingHeld', { waiting: count(jobs.waiting), held: count(jobs.held) })],
        [t('engines.contact'), contactAt ? time(contactAt) : '–'],
        [t('engines.lastError'), lastError ? `${time(lastError.at)} · ${say(lastError.text)}` : t('engines.noError')],
        ...(retry
          ? [
              [
                t('engines.retry'),
                t('engines.retryAt', { attempts: count(retry.attempts), at: time(retry.nextAt) }),
              ] as const,
            ]
          : []),
      ]}
    />
  )
}

import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { RunFrame } from '../run/run-frame.tsx'
import { AskCompute } from './ask-compute.tsx'
import { FreeMap } from './free-map.tsx'
import { GrantQuota } from './grant-quota.tsx'
import { JobTable } from './job-table.tsx'
import { QuotaCards } from './quota-cards.tsx'

/** What is free when, for anybody; quotas and jobs for whoever takes part. */
export function PublicPage() {
  const { t } = useWords()
  const { me } = useSession()
  const free = useHouse('getFreeCompute', [], { again: () => 30_000 })
  return (
    <RunFrame title={t('public.title')} lead={t('public.lead')}>
      <Section title={t('public.free')} note={t('public.freeNote')}>
        <Loaded query={free} lines={8}>
          {(board) => <FreeMap board={board} />}
        </Loaded>
      </Section>
      {me ? (
        <Mine plan={free.data?.plan} sites={free.data?.sites.map(({ site }) => site) ?? []} />
      ) : (
        <Section title={t('public.mine')}>
          <Notice title={t('public.signIn')}>
            <p style={{ marginBottom: 10 }}>{t('public.signInText')}</p>
            <SignInButton />
          </Notice>
        </Section>
      )}
    </RunFrame>
  )
}

function Mine({ plan, sites }: { readonly plan: string | undefined; readonly sites: readonly string[] }) {
  const { t } = useWords()
  const { me, may } = useSession()
  const quotas = useHouse('listQuotas', [], { again: () => 10_000 })
  const jobs = useHouse('listComputeJobs', [], { again: () => 5_000 })
  const own = quotas.data?.find(({ participant }) => participant === me?.participant)
  const allowed = own?.sites ?? sites
  return (
    <>
      <Section
        title={t('public.quotas')}
        note={t('public.quotasNote')}
        extra={may('operator') && <GrantQuota sites={sites} />}
        bare
      >
        <Loaded query={quotas}>{(list) => <QuotaCards quotas={list} />}</Loaded>
      </Section>
      {may('developer', 'owner') && own && (
        <Section title={t('public.ask')} note={t('public.askNote')}>
          <AskCompute key={allowed.join()} quota={own} plan={plan} sites={allowed} />
        </Section>
      )}
      <Section title={t(may('operator', 'auditor') ? 'public.allJobs' : 'public.jobs')}>
        <Loaded query={jobs}>{(list) => <JobTable jobs={list} />}</Loaded>
      </Section>
    </>
  )
}

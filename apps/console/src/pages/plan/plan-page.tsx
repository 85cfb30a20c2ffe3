import type { PlanResult, PlanView } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { zoneAt } from '../../words/zone.ts'
import { EndedJobTable } from './ended-jobs.tsx'
import { eventsOn } from './events-on.ts'
import { PlanFrame } from './plan-frame.tsx'
import { Proof } from './proof.tsx'
import { SiteBoardView } from './site-board.tsx'
import { TermTable } from './term-table.tsx'
import { Verdict } from './verdict.tsx'
import { WorthTable } from './worth-table.tsx'

/** A plan as its sites see it: power, chips, price and carbon by slot; what it costs, and what proves it. */
export function PlanPage() {
  return <PlanFrame>{(plan) => plan.result && <Done plan={plan} result={plan.result} />}</PlanFrame>
}

function Done({ plan, result }: { readonly plan: PlanView; readonly result: PlanResult }) {
  const { t } = useWords()
  const board = useHouse('getSiteBoard', [plan.id])
  const events = useHouse('listGridEvents', [])
  const ended = useHouse('listEndedJobs', [plan.id], { again: () => 15_000 })
  return (
    <>
      <Verdict result={result} />
      <Section title={t('site.sites')} note={<Note startsAt={board.data?.startsAt} />} bare>
        <Loaded query={board} lines={12}>
          {(view) => <SiteBoardView board={view} events={eventsOn(view, events.data ?? [])} />}
        </Loaded>
      </Section>
      <Section title={t('ended.title')} note={t('ended.note')}>
        <Loaded query={ended}>{(jobs) => <EndedJobTable jobs={jobs} />}</Loaded>
      </Section>
      <Section title={t('plan.terms')} note={t('plan.termsNote')}>
        <TermTable result={result} />
      </Section>
      {board.data && (
        <Section title={t('plan.prices')} note={t('plan.pricesNote')}>
          <WorthTable board={board.data} />
        </Section>
      )}
      <Section title={t('plan.proof')} note={t('plan.proofNote')}>
        <Proof plan={plan} result={result} />
      </Section>
    </>
  )
}

/** How the board is read, and when its day begins. */
function Note({ startsAt }: { readonly startsAt: string | undefined }) {
  const { t, time } = useWords()
  if (startsAt === undefined) return t('site.sitesNote')
  const at = `${time(startsAt)} ${zoneAt(new Date(startsAt))}`
  return `${t('site.sitesNote')} ${t('site.begins', { at })}`
}

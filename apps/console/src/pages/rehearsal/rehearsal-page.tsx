import type { GridRequest, PlanView } from '@dengta/sdk'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { PlanFrame } from '../plan/plan-frame.tsx'
import { askedOf, type FilledRequest, requestOf } from './asked.ts'
import styles from './rehearsal.module.css'
import { RehearsalForm } from './rehearsal-form.tsx'
import { RehearsalResult } from './rehearsal-result.tsx'

/** What a grid event would do to a plan; the question stands in the address, so that it can be sent to somebody. */
export function RehearsalPage() {
  return <PlanFrame>{(plan) => <Rehearse plan={plan} />}</PlanFrame>
}

function Rehearse({ plan }: { readonly plan: PlanView }) {
  const { t } = useWords()
  const { client } = useSession()
  const asked = useSearch({ strict: false })
  const go = useNavigate()
  const board = useHouse('getSiteBoard', [plan.id])
  const sites = board.data?.sites.map(({ site }) => site) ?? []
  const rehearsal = useMutation({ mutationFn: (request: GridRequest) => client.rehearseEvent(plan.id, request) })
  const { mutate } = rehearsal
  const request = requestOf(asked)
  const question = JSON.stringify(request)
  useEffect(() => {
    if (question) mutate(JSON.parse(question) as GridRequest)
  }, [question, mutate])
  const ask = (filled: FilledRequest) => {
    const search = askedOf(filled)
    if (request && JSON.stringify(requestOf(search)) === question) mutate(request)
    else void go({ to: '.', search, replace: true, resetScroll: false })
  }
  return (
    <>
      <Section title={t('event.whatIf')} note={t('event.whatIfNote')}>
        <RehearsalForm key={sites.join()} sites={sites} asked={asked} busy={rehearsal.isPending} ask={ask} />
      </Section>
      {rehearsal.isError && (
        <div className={styles.refused}>
          <ProblemNotice error={rehearsal.error} />
        </div>
      )}
      {rehearsal.data && <RehearsalResult rehearsal={rehearsal.data} />}
    </>
  )
}

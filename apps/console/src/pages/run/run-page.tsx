import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { DayCards } from './day-cards.tsx'
import { RunFrame } from './run-frame.tsx'
import { UploadDay } from './upload-day.tsx'

/** Days, and the plans that were made of them. */
export function RunPage() {
  const { t } = useWords()
  const { token, refused, may } = useSession()
  return (
    <RunFrame title={t('days.title')} lead={t('days.lead')}>
      {token === undefined || refused ? (
        <Section title={t('days.all')}>
          <Notice title={t('days.signIn')}>
            <p style={{ marginBottom: 10 }}>{t('days.signInText')}</p>
            <SignInButton />
          </Notice>
        </Section>
      ) : (
        <Days />
      )}
      {may('operator') && (
        <Section title={t('days.upload')} note={t('days.uploadNote')}>
          <UploadDay />
        </Section>
      )}
    </RunFrame>
  )
}

function Days() {
  const { t } = useWords()
  const days = useHouse('listDays', [], { again: () => 10_000 })
  const plans = useHouse('listPlans', [], {
    again: (list) => (list?.some(({ state }) => state === 'waiting' || state === 'running') ? 1_000 : 10_000),
  })
  return (
    <Section title={t('days.all')} note={t('days.allNote')} bare>
      <Loaded query={days}>
        {(all) => <Loaded query={plans}>{(made) => <DayCards days={all} plans={made} />}</Loaded>}
      </Loaded>
    </Section>
  )
}

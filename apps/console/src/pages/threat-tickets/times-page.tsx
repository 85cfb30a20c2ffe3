import type { TicketTimesView } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { TicketTabs } from '../../parts/ticket-tabs.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { HandOver } from './hand-over.tsx'

const STAGES = [
  { of: 'detect', word: 'detected' },
  { of: 'acknowledge', word: 'acknowledged' },
  { of: 'respond', word: 'responded' },
  { of: 'resolve', word: 'resolved' },
  { of: 'close', word: 'closed' },
] as const

export function TimesPage() {
  const { t } = useWords()
  const query = useHouse('getTicketTimes', [])
  return (
    <ThreatFrame under="tickets" title={t('tickets.times')}>
      <TicketTabs />
      <Loaded query={query} lines={8}>
        {(view) => <Times view={view} />}
      </Loaded>
      <Section title={t('handOver.title')} note={t('handOver.note')}>
        <HandOver />
      </Section>
    </ThreatFrame>
  )
}

function Times({ view }: { readonly view: TicketTimesView }) {
  const { t, count } = useWords()
  const { span } = useTimes()
  const minutes = (value: number | undefined) => (value === undefined ? '–' : span(value * 60_000))
  return (
    <>
      <Section title={t('ticket.clock')} note={t('times.counted', { count: count(view.tickets), days: view.days })}>
        <ScrollTable
          label={t('ticket.clock')}
          heads={[t('times.stage'), t('times.mean'), t('times.median'), t('times.with'), t('times.without')]}
          numeric={[1, 2, 3, 4]}
          rows={STAGES.map(({ of, word }) => {
            const { mean, median, count: has, without } = view[of]
            return {
              key: of,
              cells: [t(`stageOf.${word}`), minutes(mean), minutes(median), count(has), count(without)],
            }
          })}
        />
        <Notice title={t('times.declared', { minutes: view.triageDelayMinutes })} />
      </Section>
      <Section title={t('times.modelled')} note={t('times.never')}>
        <Minutes view={view} />
      </Section>
    </>
  )
}

function Minutes({ view: { modelled, measured } }: { readonly view: TicketTimesView }) {
  const { t, count, percent } = useWords()
  const { latency } = useTimes()
  const told = {
    looks: count(modelled.looks),
    per: count(modelled.minutesPerLook),
    minutes: count(modelled.minutes),
    baseline: count(modelled.baselineMinutes),
    groups: count(modelled.baselineGroups),
  }
  const spent = { commands: count(measured.commands), span: latency(measured.milliseconds) }
  return (
    <Facts
      facts={[
        [t('times.modelled'), t('times.modelledText', told)],
        [t('times.share'), modelled.share === undefined ? '–' : percent(modelled.share)],
        [t('times.measured'), t('times.measuredText', spent)],
      ]}
    />
  )
}

import { type GridEventView, type SettlementTrial, type SettlementView, settlementCsv } from '@dengta/sdk'
import { minutesOf } from '../../parts/clock.ts'
import { DownloadButton } from '../../parts/download-button.tsx'
import { type Fact, Facts } from '../../parts/facts.tsx'
import { MinuteChart } from '../../parts/minute-chart.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly event: GridEventView
  readonly settlement: Shown
}

/** A settlement, or a trial of one, which has no record. */
type Shown = SettlementTrial & Partial<Pick<SettlementView, 'record' | 'settledAt'>>

const DRAWN = { metered: 'settle.metered', estimate: 'settle.ordered' } as const

/** What was delivered against the baseline, minute by minute, and what is paid for it, term by term. */
export function Settlement({ event, settlement }: Props) {
  const { t, say } = useWords()
  const { columns, source } = settlement
  const { baselineKw, targetKw, drawnKw } = columns
  return (
    <>
      <Section
        title={t('settle.delivered')}
        note={say(settlement.text)}
        extra={
          <DownloadButton
            label={t('settle.csv')}
            fileName={`${event.id}.csv`}
            fetchFile={async () => settlementCsv(event, settlement)}
          />
        }
      >
        <MinuteChart
          drawn={drawnKw}
          against={baselineKw}
          target={targetKw}
          names={{ drawn: t(DRAWN[source]), against: t('settle.baseline') }}
          first={minutesOf(event.request.from) ?? 0}
          alt={say(settlement.text)}
        />
        <Delivered settlement={settlement} />
      </Section>
      <Section title={t('settle.payment')} note={t('settle.paymentNote')}>
        <Payment payment={settlement.payment} />
      </Section>
    </>
  )
}

function Delivered({ settlement }: Pick<Props, 'settlement'>) {
  const { t, say, amount, count, percent, time } = useWords()
  const { requestedKwh, deliveredKwh, minutes, minutesWithin, source, record, settledAt } = settlement
  const { baselineName, baselineMethod, baselineDays } = settlement
  const controlled = useControlled(settlement)
  return (
    <Facts
      columns={3}
      facts={[
        [t('settle.asked'), t('unit.kwh', { kwh: amount(requestedKwh) })],
        [
          t('settle.got'),
          `${t('unit.kwh', { kwh: amount(deliveredKwh) })} · ${requestedKwh > 0 ? percent(deliveredKwh / requestedKwh) : '–'}`,
        ],
        [t('settle.minutes'), t('settle.minutesOf', { within: count(minutesWithin), minutes: count(minutes) })],
        ...controlled,
        [t('settle.method'), baselineName ? say(baselineName) : baselineMethod],
        ...(baselineDays ? [[t('settle.days'), baselineDays.join(', ')] as const] : []),
        [
          t('settle.source'),
          <Tag key="source" tone={source === 'metered' ? 'good' : 'unsure'}>
            {t(`settle.source.${source}`)}
          </Tag>,
        ],
        [
          t('proof.record'),
          record && settledAt ? (
            <span key="record">
              <RecordLink id={record} /> · {time(settledAt)}
            </span>
          ) : (
            t('settle.noRecord')
          ),
        ],
      ]}
    />
  )
}

/** What the controller of this house did; nothing is said of it where none ran. */
function useControlled({ complianceSeconds, shrunk }: Shown): readonly Fact[] {
  const { t, cost, count } = useWords()
  return [
    ...(complianceSeconds === undefined
      ? []
      : [[t('settle.compliance'), t('settle.seconds', { seconds: cost(complianceSeconds) })] as const]),
    ...(shrunk === undefined
      ? []
      : [
          [
            t('settle.shrunk'),
            t('settle.shrunkText', { jobs: count(shrunk.jobs), chips: count(shrunk.chipsFreed) }),
          ] as const,
        ]),
  ]
}

function Payment({ payment }: { readonly payment: SettlementView['payment'] }) {
  const { t, amount } = useWords()
  const terms = [
    ['energy', payment.energyYuan],
    ['availability', payment.availabilityYuan],
    ['shortfall', -payment.shortfallYuan],
    ['total', payment.totalYuan],
  ] as const
  return (
    <ScrollTable
      label={t('settle.payment')}
      heads={[t('settle.term'), t('plan.inYuan')]}
      numeric={[1]}
      rows={terms.map(([term, yuan]) => ({
        key: term,
        cells: [t(`settle.term.${term}`), term === 'total' ? <b key="yuan">{amount(yuan)}</b> : amount(yuan)],
      }))}
    />
  )
}

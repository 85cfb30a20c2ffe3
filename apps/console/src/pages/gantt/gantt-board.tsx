import type { PlanBars } from '@dengta/sdk'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLook } from '../../house/use-look.ts'
import { useNow } from '../../house/use-now.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { BarTable } from './bar-table.tsx'
import styles from './gantt-board.module.css'
import { GanttCanvas } from './gantt-canvas.tsx'
import { colourIndices, coloursOf } from './gantt-colours.ts'
import { GanttLegend } from './gantt-legend.tsx'
import { type GanttModel, ganttModel, matches } from './gantt-model.ts'
import { type GanttChoice, GanttTools } from './gantt-tools.tsx'
import { UnservedTable } from './unserved-table.tsx'
import { useBarNames } from './use-bar-names.ts'
import { useGanttSight } from './use-gantt-sight.ts'
import { WhyPanel } from './why-panel.tsx'

/** The Gantt with its tools, the panel of the job in the address, and the same jobs as tables. */
export function GanttBoard({ bars }: { readonly bars: PlanBars }) {
  const { t, count } = useWords()
  const model = useMemo(() => ganttModel(bars), [bars])
  const chosen = useSearch({ strict: false }).job
  const go = useNavigate()
  const show = (job: string | undefined) =>
    void go({ to: '.', search: { job: job || undefined }, replace: true, resetScroll: false })
  if (model.count === 0 && bars.unserved.job.length === 0) return <Notice title={t('gantt.empty')} />
  return (
    <>
      <Chart {...{ model, chosen, show }} />
      {bars.unserved.job.length > 0 && (
        <Section title={t('gantt.unserved', { jobs: count(bars.unserved.job.length) })} note={t('gantt.unservedNote')}>
          <UnservedTable bars={bars} show={show} />
        </Section>
      )}
      <Section title={t('gantt.table')} note={t('gantt.tableNote')}>
        <BarTable model={model} show={show} />
      </Section>
    </>
  )
}

interface ChartProps {
  readonly model: GanttModel
  readonly chosen: string | undefined
  readonly show: (job: string | undefined) => void
}

function Chart({ model, chosen, show }: ChartProps) {
  const { t } = useWords()
  const { describe } = useBarNames(model)
  const [choice, choose] = useState<GanttChoice>({ words: '', by: 'power', rowTall: 18 })
  const { scene, wanted } = useScene(model, choice, chosen)
  const sight = useGanttSight(model, choice.rowTall, scene)
  const open = (bar: number) => show(model.bars.bars.job[bar])
  return (
    <>
      <GanttTools {...{ choice, choose, sight, wanted }} />
      <div className={styles.body} data-open={chosen !== undefined}>
        <GanttCanvas {...{ sight, model, describe, open }} />
        {chosen !== undefined && (
          <aside className={styles.why} aria-label={t('why.title')}>
            <WhyPanel key={chosen} plan={model.bars.plan} job={chosen} close={() => show(undefined)} />
          </aside>
        )}
      </div>
      <GanttLegend by={choice.by} />
      <p id="gantt-how" className={styles.how}>
        {t('gantt.how')}
      </p>
    </>
  )
}

/** All that is painted but what moves. */
function useScene(model: GanttModel, { words, by }: GanttChoice, chosen: string | undefined) {
  const look = useLook()
  const now = useNow()
  const { poolLabels } = useBarNames(model)
  const { startsAt, slotMinutes } = model.bars
  const slot = (now.getTime() - Date.parse(startsAt)) / (slotMinutes * 60_000)
  const sought = useDeferredValue(words)
  const wanted = useMemo(() => matches(model, sought), [model, sought])
  const colour = useMemo(() => colourIndices(model, by, slot), [model, by, slot])
  const bar = useMemo(() => (chosen ? model.bars.bars.job.indexOf(chosen) : -1), [model, chosen])
  return {
    wanted,
    scene: { ...{ model, colour, wanted, poolLabels }, colours: coloursOf(look, by), now: slot, chosen: bar },
  }
}

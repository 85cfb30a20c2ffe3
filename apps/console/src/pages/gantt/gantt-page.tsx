import type { PlanView } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { PlanFrame } from '../plan/plan-frame.tsx'
import { GanttBoard } from './gantt-board.tsx'

/** Every job of a plan on its chips, by time. */
export function GanttPage() {
  return <PlanFrame>{(plan) => <Jobs plan={plan} />}</PlanFrame>
}

function Jobs({ plan }: { readonly plan: PlanView }) {
  const bars = useHouse('getPlanBars', [plan.id])
  return (
    <Loaded query={bars} lines={12}>
      {(data) => <GanttBoard bars={data} />}
    </Loaded>
  )
}

import type { Rehearsal } from '@dengta/sdk'
import type { CutRun } from './cut-run.ts'

type TouchedJob = Rehearsal['jobs'][number]

/** What an event did to a run; undefined where it did nothing. */
export function touchedJob(run: CutRun): TouchedJob | undefined {
  const { job, placement, lowestWatts, fewestChips, lostMinutes, floor, chips, planned } = run
  const action = actionOf(run)
  if (!action) return undefined
  const performance = Math.max(0, planned * (1 - lostMinutes / (run.to - run.from)))
  const { minutesCapped, minutesShrunk, minutesPaused } = run
  return {
    ...{ job: job.name, participant: job.participant, site: placement.site, chip: placement.chip },
    ...{ chips, tier: job.tier, action },
    ...{ minutesCapped, minutesShrunk, minutesPaused, lowestWatts, fewestChips, performance, floor },
    lostChipHours: (lostMinutes * chips) / 60,
    floorKept: performance >= floor - 1e-9,
  }
}

function actionOf({ minutesCapped, minutesShrunk, minutesPaused }: CutRun): TouchedJob['action'] | undefined {
  if (minutesShrunk === 0) {
    if (minutesPaused === 0) return minutesCapped === 0 ? undefined : 'capped'
    return minutesCapped === 0 ? 'paused' : 'capped and paused'
  }
  if (minutesPaused === 0) return minutesCapped === 0 ? 'shrunk' : 'capped and shrunk'
  return minutesCapped === 0 ? 'shrunk and paused' : 'capped, shrunk and paused'
}

import type { Case } from './case.ts'
import { Rows } from './rows.ts'
import { type Runs, RunsInOrder } from './runs.ts'

/** A case as it was saved. Before there were runs, the places of the groups around it in the list were written one by one. */
export type SavedCase = Omit<Case, 'facts' | 'runs'> & { readonly facts: ArrayLike<number> } & (
    | { readonly runs: Runs }
    | { readonly around: ArrayLike<number> }
  )

/** How many numbers say where the groups around it stand. */
export function numbersAround(saved: SavedCase): number {
  return 'runs' in saved ? saved.runs.length : saved.around.length
}

/** The cases of a list as it was saved. */
export function takenUp(cases: readonly SavedCase[]): Case[] {
  const rows = new Rows()
  return cases.map((saved, place) => {
    const { number, signature, host, first, techniques, disposition } = saved
    const facts = rows.kept(saved.facts)
    const runs = 'runs' in saved ? saved.runs : runsOf(saved.around, place)
    return { number, signature, host, first, techniques, facts, runs, disposition }
  })
}

function runsOf(places: ArrayLike<number>, own: number): Runs {
  const runs = new RunsInOrder()
  for (let at = 0; at < places.length; at += 1) runs.add(places[at]! - own)
  return runs.whole
}

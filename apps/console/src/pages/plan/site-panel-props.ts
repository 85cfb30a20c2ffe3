import type { SiteBoard } from '@dengta/sdk'
import type { Span } from '../../parts/step-chart.tsx'
import type { BoardScales } from './board-scales.ts'

/** What the picture of one site is made from. `slot` is the one that is read. */
export interface SitePanelProps {
  readonly board: SiteBoard
  readonly site: SiteBoard['sites'][number]
  readonly scales: BoardScales
  readonly slot: number
  readonly spans: readonly Span[]
}

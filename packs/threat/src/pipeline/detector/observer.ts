import type { FieldView } from '../../match/field-view.ts'

/** Takes from events what stages of the house read of them. One for each detector, so what it remembers is its own. */
export interface Observer {
  /** Ids of the rules whose events it looks at: these rules make no alerts. */
  readonly rules: ReadonlySet<string>
  /**
   * What is to be passed on, as JSON; undefined for nothing. `timeMs` is never later
   * than the receipt of the event: one wrong clock must not make those of all others too late.
   */
  observe(view: FieldView, timeMs: number): unknown
}

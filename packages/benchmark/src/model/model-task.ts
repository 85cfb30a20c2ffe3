/** What a benchmark asks of any model. `inputs` are the names it offers, in order. */
export interface ModelTask {
  readonly task: 'regression' | 'classification'
  readonly inputs: readonly string[]
  readonly classes: readonly string[]
}

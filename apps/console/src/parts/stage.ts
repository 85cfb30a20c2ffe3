import type { ScenarioView } from '@dengta/sdk'

type Stage = ScenarioView['stage']

const STAGES: readonly string[] = ['pain', 'requirement', 'data', 'benchmark'] satisfies Stage[]

/** The overview hands stages over as plain text: a newer server may know more of them. */
export const isStage = (stage: string): stage is Stage => STAGES.includes(stage)

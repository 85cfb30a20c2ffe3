import type { Text } from '@dengta/kernel'
import type { Dictionary, Identifier, Timestamp } from '../playbook/playbook.ts'
import type { Prepared } from './adapter.ts'
import type { ApprovalLevel, Person } from './approval.ts'
import type { Position } from './workflow-position.ts'

/** A playbook as the run began with it. */
export interface PinnedPlaybook {
  readonly id: Identifier
  readonly modified: Timestamp
  /** SHA-256 of its canonical JSON, in hexadecimal. */
  readonly digest: string
}

/** Where the run stands in one playbook; a called playbook lies above its caller. */
export interface Level {
  readonly playbook: PinnedPlaybook
  readonly position: Position
  readonly values: Dictionary<string | null>
}

/** How the result of commands is looked up afterwards. */
export interface Check {
  readonly requests: readonly Prepared[]
  readonly expect: string
  /** Values of the variables in `expect`, as the step saw them; absent in runs of before they were kept. */
  readonly values?: Dictionary<string | null>
  readonly attempts: number
  readonly wait: number
}

/** Commands that belong together and how they are confirmed: the action of a step, or its undoing. */
export interface Work {
  readonly phase: 'do' | 'undo'
  readonly step: Identifier
  readonly commands: readonly Prepared[]
  readonly check: Check | undefined
  /** Repeats of a command that failed; 0 unless the step is idempotent. */
  readonly retries: number
  /** SHA-256 over commands: what was approved is what is sent. */
  readonly digest: string
  /** Index of the command that is next or in flight. */
  readonly next: number
  readonly attempt: number
  /** Set before a command is sent and cleared with its answer: found set, the outcome is not known. */
  readonly inFlight: boolean
  /** Names of the outputs that later steps use; others are not kept. */
  readonly keeps: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
}

/** A step that acted; its undoing is stored with it. */
export interface DoneStep {
  readonly step: Identifier
  /** Absent: the step states none, or `lost`. */
  readonly undo?: Work
  /** The step states an undoing, but the values that it needs never came; or its playbook was gone. */
  readonly lost: boolean
  readonly undoLevel: Exclude<ApprovalLevel, 'two-people'>
  readonly undone: boolean
}

export type RunStatus =
  | 'running'
  /** A person is asked: see `asks`. */
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'undoing'
  | 'undone'
  | 'undo-failed'

/** Ids of an incident and a ticket. */
export interface RunAbout {
  readonly incident?: string
  readonly ticket?: string
}

export interface Run {
  readonly id: string
  /** Grows by one with each save. */
  readonly version: number
  readonly status: RunStatus
  /** What a waiting run wants: consent, work by hand, or word whether an uncertain command took effect. */
  readonly asks?: 'approval' | 'manual' | 'uncertain'
  readonly requester: string
  /** Why: an incident, a ticket. */
  readonly reason: string
  readonly playbooks: readonly PinnedPlaybook[]
  readonly levels: readonly Level[]
  readonly work?: Work
  readonly demand?: { readonly level: ApprovalLevel; readonly approverDiffers: boolean }
  readonly approvals: readonly Person[]
  readonly done: readonly DoneStep[]
  readonly failure?: Text
  /** What it is for, where somebody said so. */
  readonly about?: RunAbout
  /** Stays in the simulator whatever an owner has chosen. */
  readonly rehearsal?: boolean
  /** Whom its commands were prepared for; absent before the first step. */
  readonly places?: readonly string[]
  /** Until then the holder is at work, and nobody else may take over. */
  readonly busy?: { readonly holder: string; readonly until: string }
  readonly startedAt: string
  readonly endedAt?: string
}

export type JournalKind =
  | 'started'
  | 'approval-asked'
  | 'approved'
  | 'approval-refused'
  | 'intended'
  | 'answered'
  | 'verified'
  | 'manual-asked'
  | 'manual-answered'
  | 'uncertain'
  | 'step-succeeded'
  | 'step-failed'
  | 'undo-asked'
  | 'undone'
  | 'ended'

/** One line of a run's journal; only added to. Digests stand for what was sent and what came back. */
export interface JournalEntry {
  readonly kind: JournalKind
  /** RFC 3339, UTC. */
  readonly at: string
  readonly actor: string
  readonly step?: Identifier
  readonly phase?: Work['phase']
  readonly command?: number
  readonly attempt?: number
  readonly request?: string
  readonly answer?: string
  readonly outcome?: string
  /** In their own language only: words of a person, or of another machine. */
  readonly detail?: Text
  readonly milliseconds?: number
}

export const FINAL: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled', 'undone', 'undo-failed'])

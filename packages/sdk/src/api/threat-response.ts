import { z } from 'zod'
import { reason, text } from './common.ts'

const count = z.int().nonnegative()

/** One thing wrong with a playbook: where, as a JSON path, and what. */
export const playbookFault = z.object({ path: z.string(), problem: text })

/** A value that whoever starts the playbook gives. */
export const playbookInput = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  /** Used where none is given; absent: it must be given. */
  value: z.string().optional(),
})

export const playbookRow = z.object({
  id: z.string(),
  /** The version: when it was last changed, RFC 3339. */
  modified: z.string(),
  name: text,
  description: text,
  /** `house`: comes with Dengta; `imported`: by whom and when. */
  from: z.enum(['house', 'imported']),
  importedBy: z.string().optional(),
  importedAt: z.string().optional(),
  steps: count,
  /** The highest consent that a step asks for. */
  approval: z.enum(['none', 'analyst', 'lead', 'two-people']),
  /** May be run now; why not otherwise. */
  usable: z.boolean(),
  why: text.optional(),
  /** SHA-256 of the canonical JSON. */
  digest: z.string(),
  inputs: z.array(playbookInput),
})
export type PlaybookRow = z.infer<typeof playbookRow>

export const playbookList = z.object({ playbooks: z.array(playbookRow) })
export type PlaybookList = z.infer<typeof playbookList>

/** Layers and rows to draw at; every edge but one that leads back goes to a greater layer. */
export const playbookGraph = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: text,
      layer: count,
      row: count,
      approval: z.string().optional(),
    }),
  ),
  /** `kind`: completion, success, failure, true, false, parallel, exception, or `case:` with its value. */
  edges: z.array(z.object({ from: z.string(), to: z.string(), kind: z.string(), back: z.boolean() })),
  layers: count,
  rows: count,
})

export const playbookDetail = playbookRow.extend({
  graph: playbookGraph,
  /** Numbered, indented lines. */
  outline: text,
  faults: z.array(playbookFault),
})
export type PlaybookDetail = z.infer<typeof playbookDetail>

/** All faults at once, for an author; `ok` where there are none. Nothing is kept. */
export const playbookLint = z.object({ ok: z.boolean(), faults: z.array(playbookFault) })
export type PlaybookLint = z.infer<typeof playbookLint>

/** Exactly what would be sent. Secrets stand in it by reference only. */
export const preparedCommand = z.object({
  type: z.string(),
  place: z.string(),
  request: z.unknown(),
  secret: z.string().optional(),
  /** The choice of an owner that sends it to a real place; absent in the simulator. */
  via: z.object({ action: z.string(), verb: z.string(), choice: z.number() }).optional(),
  timeoutMs: z.number(),
})

/** `incident`: that the response would be for. */
export const dryRunBody = z.object({
  inputs: z.record(z.string(), z.string()).default({}),
  incident: z.string().optional(),
})
export type DryRunBody = z.input<typeof dryRunBody>

/** Everything that a playbook might send; nothing is sent to find out. */
export const dryRunView = z.object({
  steps: z.array(
    z.object({
      step: z.string(),
      name: text,
      approval: z.string(),
      approverDiffers: z.boolean(),
      sends: z.array(preparedCommand),
      digest: z.string().optional(),
      checks: z.array(preparedCommand),
      expects: z.string().optional(),
      /** `none`: cannot be undone. `later`: its values come from the answer of the step itself. */
      undo: z.union([z.array(preparedCommand), z.enum(['none', 'later'])]),
      /** Why it cannot be said yet what would be sent. */
      open: text.optional(),
    }),
  ),
  branches: z.array(z.object({ step: z.string(), condition: z.string(), holds: z.boolean().optional() })),
  calls: z.array(z.string()),
})
export type DryRunView = z.infer<typeof dryRunView>

export const runStatus = z.enum([
  ...(['running', 'waiting', 'succeeded', 'failed'] as const),
  ...(['cancelled', 'undoing', 'undone', 'undo-failed'] as const),
])
export type RunStatusName = z.infer<typeof runStatus>

/** Starts a response. `incident` and `ticket` link it; one for an incident of a replay stays in the simulator. */
export const newRun = z.object({
  playbook: z.string(),
  version: z.string().optional(),
  inputs: z.record(z.string(), z.string()).default({}),
  reason: z.string().trim().min(1).max(2000),
  incident: z.string().optional(),
  ticket: z.string().optional(),
})
export type NewRun = z.input<typeof newRun>

export const runRow = z.object({
  id: z.string(),
  playbook: z.string(),
  name: text,
  status: runStatus,
  /** What a waiting run wants. `uncertain`: an answer was lost; say by hand whether the command took effect. */
  asks: z.enum(['approval', 'manual', 'uncertain']).optional(),
  requester: z.string(),
  reason: z.string(),
  incident: z.string().optional(),
  ticket: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  failure: text.optional(),
  /** All commands go to the simulator of the house. */
  simulated: z.boolean(),
  /** Real places that its commands were prepared for, e.g. `https://edr.example`. */
  places: z.array(z.string()),
})
export type RunRow = z.infer<typeof runRow>

export const runQuery = z.object({
  status: runStatus.optional(),
  incident: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type RunQuery = Partial<z.output<typeof runQuery>>

/** Newest first. */
export const runList = z.object({ runs: z.array(runRow) })
export type RunList = z.infer<typeof runList>

export const runDetail = runRow.extend({
  version: count,
  /** The step that waits or is under way, what it sends, and the digest that consent is given to. */
  work: z
    .object({
      step: z.string(),
      name: text,
      phase: z.enum(['do', 'undo']),
      commands: z.array(preparedCommand),
      digest: z.string(),
      next: count,
      attempt: count,
    })
    .optional(),
  demand: z.object({ level: z.string(), approverDiffers: z.boolean() }).optional(),
  approvals: z.array(z.object({ id: z.string(), level: z.enum(['analyst', 'lead']) })),
  done: z.array(
    z.object({ step: z.string(), name: text, undoable: z.boolean(), undone: z.boolean(), lost: z.boolean() }),
  ),
  journal: z.array(
    z.object({
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      step: z.string().optional(),
      phase: z.string().optional(),
      command: z.number().optional(),
      attempt: z.number().optional(),
      outcome: z.string().optional(),
      detail: text.optional(),
      milliseconds: z.number().optional(),
    }),
  ),
  /** May the caller approve now, undo now; reasons otherwise. */
  may: z.object({ approve: z.boolean(), undo: z.boolean(), reasons: z.array(reason) }),
  records: z.array(z.string()),
})
export type RunDetail = z.infer<typeof runDetail>

/** `digest`: of the plan that the person saw (`work.digest`). */
export const approveRun = z.object({ digest: z.string() })
export const refuseRun = z.object({ reason: z.string().trim().min(1).max(2000) })
/** Word on work by hand, or on a command whose outcome is not known. */
export const reportRun = z.object({ ok: z.boolean(), detail: z.string().trim().min(1).max(2000) })
export type ReportRun = z.infer<typeof reportRun>

/** A refusal of consent is an answer, not an error: `ok` false with reasons, and it is on record. */
export const consentView = z.object({ ok: z.boolean(), reasons: z.array(reason), run: runDetail })
export type ConsentView = z.infer<typeof consentView>

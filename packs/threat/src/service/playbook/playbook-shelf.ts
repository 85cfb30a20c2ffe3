import { join } from 'node:path'
import { AppError, type Caller } from '@dengta/kernel'
import type { DryRunView, PlaybookDetail, PlaybookLint, PlaybookRow } from '@dengta/sdk'
import { houseRoot } from '@dengta/store'
import { momentOf, type Playbook, type WorkflowStep } from '../../playbook/playbook.ts'
import { jsonPath, type PlaybookFault } from '../../playbook/playbook-fault.ts'
import { playbookLayout } from '../../playbook/playbook-layout.ts'
import { playbookDescription, playbookName, stepName } from '../../playbook/playbook-names.ts'
import { playbookOutline } from '../../playbook/playbook-outline.ts'
import { lintPlaybook, readPlaybook, writePlaybook } from '../../playbook/read-playbook.ts'
import type { Adapter } from '../../respond/adapter.ts'
import { APPROVAL_LEVELS, type ApprovalLevel } from '../../respond/approval.ts'
import { type DryRun, dryRun } from '../../respond/dry-run.ts'
import { housePlaybooks } from '../../respond/house-playbooks.ts'
import { type PlaybookLibrary, pin } from '../../respond/playbook-library.ts'
import { stepPolicy } from '../../respond/step-policy.ts'
import { audit } from '../audit.ts'
import { isOfReplay } from '../replay/is-of-replay.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'

/** The playbooks of the house and those that people have brought. */
export interface PlaybookShelf {
  readonly library: PlaybookLibrary
  list(): Promise<readonly PlaybookRow[]>
  /** Throws `threat.missing`. */
  get(id: string): Promise<PlaybookDetail>
  file(id: string): Promise<string>
  /** Throws `threat_playbook.*`, `threat_respond.bad_policy`, `threat.playbook_exists`. */
  bring(caller: Caller, text: string): Promise<PlaybookDetail>
  lint(text: string): PlaybookLint
  dryRun(id: string, asked: DryRunAsked): Promise<DryRunView>
}

interface DryRunAsked {
  readonly inputs: Readonly<Record<string, string>>
  /** The incident that the response would be for: one of a replay is answered in the simulator. */
  readonly incident?: string | undefined
}

interface Shelved {
  readonly playbook: Playbook
  readonly by?: { readonly importedBy: string; readonly importedAt: string }
}

type Parts = Pick<ThreatContext, 'store' | 'clock'> & { readonly adapters: readonly Adapter[] }

export function playbookShelf(parts: Parts): PlaybookShelf {
  let own: readonly Shelved[] | undefined
  const ofHouse = (): readonly Shelved[] => {
    own ??= [...housePlaybooks(join(houseRoot(), 'packs/threat/playbooks')).values()].map((playbook) => ({ playbook }))
    return own
  }
  const all = async (): Promise<readonly Shelved[]> => [...ofHouse(), ...(await imported(parts))]
  const versionsOf = async (id: string, version?: string): Promise<readonly Shelved[]> => {
    const fits = ({ playbook }: Shelved) => playbook.id === id && (version ?? playbook.modified) === playbook.modified
    return [...ofHouse().filter(fits), ...(await imported(parts, { id, version }))].sort(byVersion)
  }
  const newest = async (id: string): Promise<Shelved> => {
    const found = (await versionsOf(id)).at(-1)
    if (!found) throw threatErrors.missing({ what: 'playbook', id })
    return found
  }
  return {
    library: {
      find: async (id, version) => (await versionsOf(id, version)).at(-1)?.playbook,
    },
    list: async () => {
      const latest = new Map<string, Shelved>()
      for (const each of [...(await all())].sort(byVersion)) latest.set(each.playbook.id, each)
      return [...latest.values()].map((each) => rowOf(each, parts.clock.now()))
    },
    get: async (id) => detailOf(await newest(id), parts.clock.now()),
    file: async (id) => writePlaybook((await newest(id)).playbook),
    bring: async (caller, text) => {
      const playbook = readPlaybook(text)
      checkPolicies(playbook)
      if (!isOfHouse(playbook, ofHouse())) await keep(parts, caller, playbook)
      return detailOf(await newest(playbook.id), parts.clock.now())
    },
    lint: (text) => {
      const { playbook, faults: found } = lintPlaybook(text)
      const faults = [...found, ...(playbook ? policyFaults(playbook) : [])].map((each) => ({ ...each }))
      return { ok: faults.length === 0, faults }
    },
    dryRun: async (id, { inputs, incident }) => {
      const rehearsal = await isOfReplay(parts.store, { incident })
      return dryRunView(dryRun((await newest(id)).playbook, inputs, { adapters: parts.adapters, rehearsal }))
    },
  }
}

const byVersion = (one: Shelved, other: Shelved): number =>
  momentOf(one.playbook.modified) - momentOf(other.playbook.modified)

interface Wanted {
  readonly id?: string
  readonly version?: string | undefined
}

async function imported({ store }: Parts, { id, version }: Wanted = {}): Promise<Shelved[]> {
  let rows = store.db<ThreatTables>().selectFrom('threat_playbooks').selectAll()
  if (id !== undefined) rows = rows.where('id', '=', id)
  if (version !== undefined) rows = rows.where('modified', '=', version)
  return (await rows.execute()).map(({ body, imported_by, imported_at }) => ({
    playbook: JSON.parse(body) as Playbook,
    by: { importedBy: imported_by, importedAt: imported_at.toISOString() },
  }))
}

/** Whether this very playbook came with the house; no other may take its id and version. Throws `threat.playbook_exists`. */
function isOfHouse(playbook: Playbook, house: readonly Shelved[]): boolean {
  const { id, modified } = playbook
  const own = house.find((each) => each.playbook.id === id && momentOf(each.playbook.modified) === momentOf(modified))
  if (own && pin(own.playbook).digest !== pin(playbook).digest) throw threatErrors.playbook_exists({ id, modified })
  return own !== undefined
}

/** The same content twice is one playbook. */
async function keep({ store, clock }: Parts, caller: Caller, playbook: Playbook): Promise<void> {
  const { id, modified } = playbook
  const at = clock.now()
  await store.transaction<ThreatTables, void>(async (tx) => {
    const known = await tx
      .selectFrom('threat_playbooks')
      .select('body')
      .where('id', '=', id)
      .where('modified', '=', modified)
      .executeTakeFirst()
    const body = writePlaybook(playbook)
    if (known?.body === body) return
    if (known) throw threatErrors.playbook_exists({ id, modified })
    await tx
      .insertInto('threat_playbooks')
      .values({ id, modified, body, imported_by: caller.participant, imported_at: at })
      .execute()
    await audit(tx, {
      at,
      actor: caller.participant,
      action: 'playbook.import',
      target: id,
      detail: pin(playbook).digest,
    })
  })
}

function rowOf({ playbook, by }: Shelved, now: Date): PlaybookRow {
  const why = whyNot(playbook, now) ?? policyFaults(playbook)[0]?.problem
  const external = Object.entries(playbook.playbook_variables ?? {}).filter(([, { external: asked }]) => asked)
  return {
    ...{
      id: playbook.id,
      modified: playbook.modified,
      name: playbookName(playbook),
      description: playbookDescription(playbook),
    },
    ...{
      from: by ? 'imported' : 'house',
      ...by,
      steps: Object.keys(playbook.workflow).length,
      approval: highest(playbook),
    },
    ...{ usable: why === undefined, ...(why ? { why } : {}), digest: pin(playbook).digest },
    inputs: external.map(([name, { type, description = '', value }]) => ({
      ...{ name, type, description },
      ...(typeof value === 'string' ? { value } : {}),
    })),
  }
}

function whyNot({ revoked, valid_from, valid_until }: Playbook, now: Date) {
  if (revoked) return { en: 'it was revoked', zh: '已被撤回' }
  if (valid_from && momentOf(valid_from) > now.getTime())
    return { en: `it is valid from ${valid_from}`, zh: `自 ${valid_from} 起有效` }
  if (valid_until && momentOf(valid_until) <= now.getTime())
    return { en: `it was valid until ${valid_until}`, zh: `有效期至 ${valid_until}` }
  return undefined
}

function highest({ workflow }: Playbook): PlaybookRow['approval'] {
  const levels = Object.entries(workflow).flatMap(([id, step]) => approvalOf(id, step) ?? [])
  return APPROVAL_LEVELS[Math.max(0, ...levels.map((level) => APPROVAL_LEVELS.indexOf(level)))] ?? 'none'
}

/** Undefined where it acts on nothing. A policy that cannot be read, kept by a house of before, never runs. */
function approvalOf(id: string, step: WorkflowStep): ApprovalLevel | undefined {
  if (step.type !== 'action') return undefined
  return policyFault(id, step) ? 'lead' : stepPolicy(id, step).approval
}

/** Throws `threat_respond.bad_policy`. */
function checkPolicies({ workflow }: Playbook): void {
  for (const [id, step] of Object.entries(workflow)) stepPolicy(id, step)
}

function policyFaults({ workflow }: Playbook): PlaybookFault[] {
  return Object.entries(workflow).flatMap(([id, step]) => policyFault(id, step) ?? [])
}

function policyFault(id: string, step: WorkflowStep): PlaybookFault | undefined {
  try {
    stepPolicy(id, step)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { path: jsonPath(['workflow', id, 'step_extensions']), problem: error.text }
  }
}

function detailOf(shelved: Shelved, now: Date): PlaybookDetail {
  const { playbook } = shelved
  const { nodes, edges, layers, rows } = playbookLayout(playbook)
  const node = ({ id, type, layer, row }: (typeof nodes)[number]) => {
    const step = playbook.workflow[id] as Playbook['workflow'][string]
    const approval = approvalOf(id, step)
    return { id, type, name: stepName(step), layer, row, ...(approval && { approval }) }
  }
  return {
    ...rowOf(shelved, now),
    graph: { nodes: nodes.map(node), edges: edges.map((edge) => ({ ...edge })), layers, rows },
    outline: { en: playbookOutline(playbook, 'en'), zh: playbookOutline(playbook, 'zh') },
    faults: [...lintPlaybook(writePlaybook(playbook)).faults, ...policyFaults(playbook)].map((each) => ({ ...each })),
  }
}

/** An input that is missing is an open step, not an error. */
function dryRunView({ steps, branches, calls }: DryRun): DryRunView {
  return {
    steps: steps.map(({ digest, expects, open, undo, sends, checks, ...step }) => ({
      ...step,
      ...{ sends: sends.map((each) => ({ ...each })), checks: checks.map((each) => ({ ...each })) },
      undo: typeof undo === 'string' ? undo : undo.map((each) => ({ ...each })),
      ...(digest === undefined ? {} : { digest }),
      ...(expects === undefined ? {} : { expects }),
      ...(open === undefined ? {} : { open }),
    })),
    branches: branches.map(({ holds, ...branch }) => ({ ...branch, ...(holds === undefined ? {} : { holds }) })),
    calls: [...calls],
  }
}

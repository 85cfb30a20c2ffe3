import { sha256Hex, utf8 } from '@dengta/kernel'
import type { Identifier, Playbook, Timestamp } from '../playbook/playbook.ts'
import { writePlaybook } from '../playbook/read-playbook.ts'
import { respondErrors } from './respond-errors.ts'
import type { PinnedPlaybook } from './run.ts'

/** Port: playbooks that have been imported, by id; without a version the newest one. */
export interface PlaybookLibrary {
  find(id: Identifier, version?: Timestamp): Promise<Playbook | undefined>
}

export function pin(playbook: Playbook): PinnedPlaybook {
  const { id, modified } = playbook
  return { id, modified, digest: sha256Hex(utf8(writePlaybook(playbook))) }
}

/** The playbook that a run began with; throws no_playbook, playbook_changed. */
export async function pinned(library: PlaybookLibrary, { id, modified, digest }: PinnedPlaybook): Promise<Playbook> {
  const playbook = await library.find(id, modified)
  if (playbook === undefined) throw respondErrors.no_playbook({ id, version: modified })
  if (pin(playbook).digest !== digest) throw respondErrors.playbook_changed({ id })
  return playbook
}

const MAX_PLAYBOOKS = 50

/** A playbook and all that it calls, itself first; throws no_playbook, and not_valid_now where the calls go round in a circle of many. */
export async function withCalled(
  library: PlaybookLibrary,
  id: Identifier,
  version?: Timestamp,
): Promise<readonly Playbook[]> {
  const found: Playbook[] = []
  const open: { id: Identifier; version: Timestamp | undefined }[] = [{ id, version }]
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const playbook = await library.find(next.id, next.version)
    if (playbook === undefined) throw respondErrors.no_playbook({ id: next.id, version: next.version ?? '*' })
    if (found.some((each) => each.id === playbook.id && each.modified === playbook.modified)) continue
    if (found.length >= MAX_PLAYBOOKS)
      throw respondErrors.not_valid_now({
        id,
        why: { en: `it calls more than ${MAX_PLAYBOOKS}`, zh: `它调用的剧本超过 ${MAX_PLAYBOOKS} 个` },
      })
    found.push(playbook)
    for (const step of Object.values(playbook.workflow)) {
      if (step.type === 'playbook-action') open.push({ id: step.playbook_id, version: step.playbook_version })
    }
  }
  return found
}

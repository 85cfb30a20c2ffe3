import type { IncidentDetail, PlaybookRow } from '@dengta/sdk'
import type { Entity } from '../../incident/incident.ts'

type Suggestion = IncidentDetail['suggestions'][number]

/** Input of a house playbook by the kind of entity that fills it. */
const INPUT_OF: Readonly<Record<Entity['kind'], string | undefined>> = {
  host: '__host__',
  account: '__account__',
  address: '__address__',
  process: undefined,
}
const MOST = 8

/** Playbooks that have an input for an entity of the incident, filled in; the first entities come first. */
export function suggestionsFor(entities: readonly Entity[], playbooks: readonly PlaybookRow[]): Suggestion[] {
  return entities.flatMap((entity) => playbooks.flatMap((playbook) => suggestion(entity, playbook))).slice(0, MOST)
}

function suggestion({ kind, name }: Entity, playbook: PlaybookRow): Suggestion[] {
  const input = INPUT_OF[kind]
  if (input === undefined || !playbook.usable || !playbook.inputs.some((each) => each.name === input)) return []
  const reason = { en: `${kind} ${name} stands in this incident`, zh: `${WORD[kind]} ${name} 出现在该事件中` }
  return [{ playbook: playbook.id, name: playbook.name, inputs: { [input]: name }, reason }]
}

const WORD: Readonly<Record<Entity['kind'], string>> = {
  host: '主机',
  account: '账号',
  address: '地址',
  process: '进程',
}

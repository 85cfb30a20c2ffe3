import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Playbook } from '../playbook/playbook.ts'
import { readPlaybook } from '../playbook/read-playbook.ts'

const FOLDER = new URL('../../playbooks/', import.meta.url)

/** The playbooks that come with the pack, by file name: isolate host, disable account, block address, collect evidence. */
export function housePlaybooks(folder: string = fileURLToPath(FOLDER)): ReadonlyMap<string, Playbook> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(
    names.toSorted().map((name) => [name.slice(0, -5), readPlaybook(readFileSync(`${folder}/${name}`, 'utf8'))]),
  )
}

import type { Client } from '@dengta/sdk'
import { threatCliErrors } from './threat-cli-errors.ts'

/** The id of a playbook that a person named by id or by name in either language, case aside; throws no_such_playbook. */
export async function findPlaybook(client: Client, words: string): Promise<string> {
  const wanted = words.toLowerCase()
  const playbooks = await client.listPlaybooks()
  const found = playbooks.filter(({ id, name }) => [id, name.en, name.zh].some((each) => each.toLowerCase() === wanted))
  const [only] = found
  if (only !== undefined && found.length === 1) return only.id
  const known = playbooks.map(({ name, id }) => `${name.en} (${id})`).join(', ')
  throw threatCliErrors.no_such_playbook({ playbook: words, known })
}

/** `host=web-1` and `__host__=web-1` as inputs of a playbook; throws not_an_input. */
export function readInputs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((each) => {
      const at = each.indexOf('=')
      if (at < 1) throw threatCliErrors.not_an_input({ words: each })
      const name = each.slice(0, at)
      return [/^__.+__$/.test(name) ? name : `__${name}__`, each.slice(at + 1)]
    }),
  )
}

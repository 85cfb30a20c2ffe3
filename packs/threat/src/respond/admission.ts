import type { Text } from '@dengta/kernel'
import { momentOf, type Playbook } from '../playbook/playbook.ts'
import { jsonPath } from '../playbook/playbook-fault.ts'
import { respondErrors } from './respond-errors.ts'
import { stepPolicy } from './step-policy.ts'

const SECRETS = ['password', 'token'] as const

/** What must hold before a playbook may act: valid at this time, no secret in clear, every policy readable. Throws otherwise. */
export function admit(playbook: Playbook, now: Date): void {
  checkTime(playbook, now)
  for (const [id, info] of Object.entries(playbook.authentication_info_definitions ?? {})) {
    const clear = SECRETS.find((field) => (info[field] ?? '') !== '')
    if (clear) throw respondErrors.secret_in_clear({ path: jsonPath(['authentication_info_definitions', id, clear]) })
  }
  for (const [id, step] of Object.entries(playbook.workflow)) {
    stepPolicy(id, step)
    if ((step.delay ?? 0) > LONGEST_DELAY)
      throw respondErrors.bad_policy({ step: id, path: jsonPath(['delay']), problem: TOO_LONG })
  }
}

/** Milliseconds that a run waits within one step; timers of the engine end at 2^31. */
const LONGEST_DELAY = 3_600_000
const TOO_LONG: Text = {
  en: 'it waits for more than an hour; make two playbooks of it',
  zh: '等待超过一小时；请拆成两个剧本',
}

function checkTime({ id, revoked, valid_from, valid_until }: Playbook, now: Date): void {
  if (revoked === true) throw respondErrors.not_valid_now({ id, why: { en: 'revoked', zh: '已吊销' } })
  if (valid_from !== undefined && now.getTime() < momentOf(valid_from)) {
    throw respondErrors.not_valid_now({ id, why: { en: `valid from ${valid_from}`, zh: `自 ${valid_from} 起有效` } })
  }
  if (valid_until !== undefined && now.getTime() >= momentOf(valid_until)) {
    throw respondErrors.not_valid_now({ id, why: { en: `valid until ${valid_until}`, zh: `有效期至 ${valid_until}` } })
  }
}

import type { Caller } from '@dengta/kernel'

/** Whose jobs somebody may see in full: operator and auditor all, others their own. */
export function mayRead({ participant, roles }: Caller): (owner: string) => boolean {
  const all = roles.includes('operator') || roles.includes('auditor')
  return (owner) => all || owner === participant
}

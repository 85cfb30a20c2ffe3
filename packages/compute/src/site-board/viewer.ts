import type { Caller } from '@dengta/kernel'

/** Operator and auditor see the jobs of all, others their own. */
export const readsAll = ({ roles }: Caller): boolean => roles.includes('operator') || roles.includes('auditor')

/** Whose jobs somebody may see in full. */
export function mayRead(caller: Caller): (owner: string) => boolean {
  const all = readsAll(caller)
  return (owner) => all || owner === caller.participant
}

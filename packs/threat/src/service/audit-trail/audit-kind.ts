import { type AuditKind, auditKind } from '@dengta/sdk'

/** First words of actions that are not the name of their kind. */
const OTHERS: ReadonlyMap<string, AuditKind> = new Map([
  ['rules', 'rule'],
  ['delivery', 'webhook'],
])

/** What an action was about; undefined for one of a later version. */
export function kindOf(action: string): AuditKind | undefined {
  const [prefix = ''] = action.split('.')
  return auditKind.options.find((kind) => kind === prefix) ?? OTHERS.get(prefix)
}

/** Every first word of the actions of a kind. */
export const prefixesOf = (kind: AuditKind): string[] => [
  kind,
  ...[...OTHERS].filter(([, other]) => other === kind).map(([prefix]) => prefix),
]

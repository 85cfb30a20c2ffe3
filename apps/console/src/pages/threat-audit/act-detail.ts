import { type AuditAct, dispositionKind, type Language, threatVerdict } from '@dengta/sdk'
import { word } from '../../words/words.ts'

type Act = Pick<AuditAct, 'action' | 'detail'>

/** What was said of an act; where the trail holds a word of the machine, its word for people. */
export function actDetail({ action, detail }: Act, language: Language): string {
  const said = SAID[action]?.(detail, language)
  return said ?? detail
}

/** Undefined where the detail is not of the form that this version writes. */
const SAID: Readonly<Record<string, (detail: string, language: Language) => string | undefined>> = {
  'group.undo': (detail, language) => {
    const kind = dispositionKind.options.find((each) => each === detail)
    return kind && word(language, 'audit.undone', { kind: word(language, `disposition.${kind}`) })
  },
  'incident.close': (detail, language) => {
    const verdict = threatVerdict.options.find((each) => detail.startsWith(`${each}: `))
    const reason = detail.slice((verdict ?? '').length + 2)
    return verdict && word(language, 'audit.closedAs', { verdict: word(language, `verdict.${verdict}`), reason })
  },
  'ticket.close': (detail, language) =>
    detail.startsWith('incident_') ? word(language, 'audit.withIncident', { incident: detail }) : undefined,
  'ticket.reopen': (detail, language) =>
    detail.startsWith('incident_') ? word(language, 'audit.withIncident', { incident: detail }) : undefined,
  'actuator.choose': (detail, language) =>
    detail === 'simulator' ? word(language, 'actuatorKind.simulator') : undefined,
}

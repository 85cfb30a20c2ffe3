import type { Alert } from '../detect/alert.ts'
import {
  type Activity,
  attacksOf,
  DETECTION_FINDING,
  eventHead,
  type FindingInfo,
  OCSF_VERSION,
  type OcsfEvent,
  type OcsfProduct,
  RULE,
} from './ocsf.ts'

export interface DetectionFinding extends OcsfEvent {
  readonly finding_info: FindingInfo
  readonly is_alert: boolean
  readonly evidences: readonly { readonly data: unknown }[]
}

export interface FindingParts {
  /** Of the finding; the same in its updates. */
  readonly uid: string
  readonly activity: Activity
  /** Milliseconds since 1970, when the finding was made. */
  readonly time: number
  readonly product: OcsfProduct
}

/** An alert as OCSF detection_finding (class 2004). Author and licence of the rule go with it. */
export function detectionFinding(alert: Alert, { uid, activity, time, product }: FindingParts): DetectionFinding {
  const { rule, matched, logSource, file, line } = alert
  return {
    ...eventHead({ classUid: DETECTION_FINDING, className: 'Detection Finding', activity, level: rule.level, time }),
    message: rule.title,
    metadata: { version: OCSF_VERSION, product, uid: `${uid}:${activity}:${time}` },
    is_alert: activity !== 'close',
    finding_info: ruleFinding(alert, uid, time),
    evidences: [{ data: { log_source: logSource, file, line, matched } }],
    unmapped: { rule: credit(rule) },
  }
}

/** What the Detection Rule License asks to go with every message based on a match. */
export const credit = ({ id, title, author, licence, link }: Alert['rule']) => ({ id, title, author, licence, link })

/** `src_url` is a url_t of OCSF; the link of a rule may be the name of its file, and then stands in `unmapped` alone. */
const isAddress = (link: string): boolean => /^https?:\/\//i.test(link) && URL.canParse(link)

export function ruleFinding({ rule, logSource }: Alert, uid: string, time: number): FindingInfo {
  const attacks = attacksOf(rule.tags)
  const sources = Object.values(logSource).filter((each): each is string => typeof each === 'string' && each !== '')
  return {
    ...{ uid, title: rule.title, created_time: time },
    ...(isAddress(rule.link) ? { src_url: rule.link } : {}),
    ...(sources.length === 0 ? {} : { data_sources: sources }),
    analytic: {
      ...{ uid: rule.id, name: rule.title, type_id: RULE, type: 'Rule', category: 'Sigma' },
      ...(rule.version === '' ? {} : { version: rule.version }),
      desc: `Rule by ${rule.author || 'unknown author'}, ${rule.licence || 'no licence stated'}`,
    },
    ...(attacks.length === 0 ? {} : { attacks }),
  }
}

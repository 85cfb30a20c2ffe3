/** Open Cybersecurity Schema Framework: the version that findings are written for and checked against. */
export const OCSF_VERSION = '1.5.0'
const FINDINGS = 2
export const DETECTION_FINDING = 2004
export const INCIDENT_FINDING = 2005

/** `activity_id` of both classes. */
const ACTIVITY = { create: 1, update: 2, close: 3 } as const
export type Activity = keyof typeof ACTIVITY

/** `severity_id` by Sigma level. */
const SEVERITY: ReadonlyMap<string, readonly [id: number, caption: string]> = new Map([
  ['informational', [1, 'Informational']],
  ['low', [2, 'Low']],
  ['medium', [3, 'Medium']],
  ['high', [4, 'High']],
  ['critical', [5, 'Critical']],
])
const UNKNOWN_SEVERITY = [0, 'Unknown'] as const

/** `analytic.type_id`. */
export const RULE = 1

export interface OcsfProduct {
  readonly name: string
  readonly vendor_name: string
  readonly version: string
}

interface Attack {
  readonly technique?: { readonly uid: string; readonly src_url: string }
  readonly sub_technique?: { readonly uid: string; readonly src_url: string }
  readonly tactic?: { readonly name: string }
}

export interface FindingInfo {
  readonly uid: string
  readonly title: string
  readonly created_time: number
  readonly src_url?: string
  readonly data_sources?: readonly string[]
  readonly analytic?: {
    readonly uid: string
    readonly name: string
    readonly type_id: number
    readonly type: string
    readonly category: string
    readonly version?: string
    readonly desc: string
  }
  readonly attacks?: readonly Attack[]
}

/** Members of every event; times are milliseconds since 1970. */
export interface OcsfEvent {
  readonly activity_id: number
  readonly activity_name: string
  readonly category_uid: number
  readonly category_name: string
  readonly class_uid: number
  readonly class_name: string
  /** class_uid * 100 + activity_id. */
  readonly type_uid: number
  readonly type_name: string
  readonly severity_id: number
  readonly severity: string
  readonly time: number
  readonly message: string
  readonly metadata: {
    readonly version: string
    readonly product: OcsfProduct
    readonly uid: string
    readonly profiles?: readonly string[]
  }
  /** What OCSF has no place for: author, licence and link of the rules, as their licence asks. */
  readonly unmapped: Readonly<Record<string, unknown>>
}

const TECHNIQUE = /^attack\.(t\d{4})(?:\.(\d{3}))?$/i
const PLACE = 'https://attack.mitre.org/techniques/'
const OTHER = /^attack\.([a-z][a-z_-]+)$/i

/** ATT&CK techniques and tactics from the tags of Sigma rules; groups and software (`attack.g0001`) are left out. */
export function attacksOf(tags: readonly string[]): readonly Attack[] {
  return tags.flatMap((tag): Attack[] => {
    const found = TECHNIQUE.exec(tag)
    if (!found) {
      const tactic = OTHER.exec(tag)?.[1]
      return tactic === undefined ? [] : [{ tactic: { name: tactic.toLowerCase().replaceAll(/[_-]/g, ' ') } }]
    }
    const uid = (found[1] as string).toUpperCase()
    const technique = { uid, src_url: `${PLACE}${uid}/` }
    if (found[2] === undefined) return [{ technique }]
    return [{ technique, sub_technique: { uid: `${uid}.${found[2]}`, src_url: `${PLACE}${uid}/${found[2]}/` } }]
  })
}

const CAPTIONS: Readonly<Record<Activity, string>> = { create: 'Create', update: 'Update', close: 'Close' }

export interface EventHead {
  readonly classUid: number
  readonly className: string
  readonly activity: Activity
  readonly level: string
  readonly time: number
}

export function eventHead({ classUid, className, activity, level, time }: EventHead) {
  const [severity_id, severity] = SEVERITY.get(level) ?? UNKNOWN_SEVERITY
  const activity_id = ACTIVITY[activity]
  return {
    ...{ activity_id, activity_name: CAPTIONS[activity], category_uid: FINDINGS, category_name: 'Findings' },
    ...{ class_uid: classUid, class_name: className, type_uid: classUid * 100 + activity_id },
    ...{ type_name: `${className}: ${CAPTIONS[activity]}`, severity_id, severity, time },
  }
}

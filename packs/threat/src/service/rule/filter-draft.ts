import type { AlertView, FilterDraft } from '@dengta/sdk'
import { stringify } from 'yaml'
import type { RuleEntry } from './rule-rows.ts'

/** What an alert matched, and what people said of its group. */
export interface JudgedAlert {
  readonly verdict: 'benign' | 'attack'
  readonly matched: AlertView['matched']
}

type Concerned = Pick<RuleEntry, 'id' | 'title' | 'logSource'>

/** A list of more values describes nothing any more. */
const MOST_VALUES = 20
const LONGEST_VALUE = 500

/**
 * A Sigma filter that takes out of a rule what all alerts judged benign have in common, field by field as the rule names them;
 * none where nothing is common, or where an attack could fit it too. Pure.
 */
export function draftFilter(
  { id, title, logSource }: Concerned,
  judged: readonly JudgedAlert[],
  { filterId, day }: { readonly filterId: string; readonly day: string },
): FilterDraft {
  const benign = judged.filter(({ verdict }) => verdict === 'benign')
  const attacks = judged.filter(({ verdict }) => verdict === 'attack')
  const counts = { benign: benign.length, attacks: attacks.length }
  if (benign.length === 0) return { ...counts, text: NOTHING_JUDGED }
  const selection = commonFields(benign)
  if (selection.size === 0) return { ...counts, text: NOTHING_COMMON }
  if (attacks.some((attack) => mayFit(attack, selection))) return { ...counts, text: ATTACKS_TOO }
  const document = {
    title: `Judged benign: ${title}`,
    id: filterId,
    status: 'experimental',
    description: `Drafted from ${benign.length} alerts that people judged benign; none of ${attacks.length} judged an attack fits it.`,
    date: day,
    logsource: logSource,
    filter: { rules: [id], selection: written(selection), condition: 'not selection' },
  }
  return { ...counts, yaml: stringify(document, { lineWidth: 0 }), text: DRAFTED }
}

type Values = ReadonlyMap<string, ReadonlySet<string>>

/** Values by field, of fields that every alert has with few and short values. */
function commonFields(alerts: readonly JudgedAlert[]): Values {
  const fields = new Map<string, Set<string>>()
  for (const { matched } of alerts)
    for (const { field, found } of matched)
      if (field !== undefined) fields.set(field, new Set([...(fields.get(field) ?? []), ...found.map(String)]))
  const isUsable = ([field, values]: [string, Set<string>]): boolean =>
    values.size <= MOST_VALUES &&
    [...values].every((value) => value.length <= LONGEST_VALUE) &&
    alerts.every((alert) => hasPlain(alert, field))
  return new Map([...fields].filter(isUsable))
}

/** The alert matched something in the field, and nothing that cannot be written as a value. */
function hasPlain({ matched }: JudgedAlert, field: string): boolean {
  const own = matched.filter((each) => each.field === field).flatMap(({ found }) => found)
  return own.length > 0 && own.every((value) => typeof value === 'string' || typeof value === 'number')
}

/**
 * Whether the filter could hide it, case aside: it does not where a field is known to have other values only. Of a field that
 * this alert did not match, the values are not known.
 */
function mayFit({ matched }: JudgedAlert, selection: Values): boolean {
  return [...selection].every(([name, values]) => {
    const own = matched.filter(({ field }) => field === name).flatMap(({ found }) => found)
    const wanted = new Set([...values].map((value) => value.toLowerCase()))
    return own.length === 0 || own.some((each) => wanted.has(String(each).toLowerCase()))
  })
}

/** Wildcards and backslashes of values are meant as they stand. */
function written(selection: Values): Record<string, string | string[]> {
  return Object.fromEntries(
    [...selection].map(([field, values]) => {
      const escaped = [...values].map((value) => value.replace(/[\\*?]/g, '\\$&')).sort()
      return [field, escaped.length === 1 ? escaped[0]! : escaped]
    }),
  )
}

const DRAFTED = {
  en: 'read it, put it into the rule folder, and read the rules again; it takes out these values only',
  zh: '请审阅后放入规则目录并重新加载规则；仅排除所列取值',
}
const NOTHING_JUDGED = {
  en: 'no kept alert of this rule was judged benign; judge its groups first',
  zh: '该规则保留的告警中没有被判为正常的；请先对其告警组给出结论',
}
const NOTHING_COMMON = {
  en: 'the alerts judged benign have no field with few values in common; write a filter by hand',
  zh: '被判为正常的告警没有取值集中的共同字段；请手工编写过滤规则',
}
const ATTACKS_TOO = {
  en: 'an alert judged an attack has the same values, or may have them in fields that it did not match by, so a filter could hide it; write one by hand if other fields tell them apart',
  zh: '有被判为攻击的告警取值相同，或在其未命中的字段中可能相同，过滤可能将其隐藏；若其他字段可以区分，请手工编写',
}

/** How many jobs a day file lists, and on which line the list begins. */
export interface CountedJobs {
  readonly count: number
  readonly line: number
}

const LIST = /^["']?jobs["']?[ \t]*:[ \t]*([^\r\n]*)/m
const FIRST_ITEM = /^([ \t]*)-[ \t\r\n]/m
/** The next field of the file, or its end mark. */
const NEXT_FIELD = /^[^\s#-]/m
const JOB_KEY = /[[{,]\s*["']?job["']?\s*:/g

/**
 * Counts the jobs of a file without building its document, which takes a hundred times as long: by JSON, by the dashes of the
 * list, or by the keys where the list stands in brackets. Undefined where the file has another form: its reader then counts.
 */
export function countJobs(text: string): CountedJobs | undefined {
  const json = text.trimStart().startsWith('{') ? jobsOfJson(text) : undefined
  if (json !== undefined) return { count: json, line: lineAt(text, Math.max(0, text.indexOf('"jobs"'))) }
  const list = LIST.exec(text)
  if (!list) return undefined
  const line = lineAt(text, list.index)
  const value = list[1]!.trim()
  const rest = text.slice(list.index + list[0].length)
  if (value.startsWith('[')) return { count: text.slice(list.index).match(JOB_KEY)?.length ?? 0, line }
  return value === '' || value.startsWith('#') ? { count: dashes(rest), line } : undefined
}

/** Undefined where the text is not JSON, or has no list of jobs. */
function jobsOfJson(text: string): number | undefined {
  try {
    const { jobs } = JSON.parse(text) as { readonly jobs?: unknown }
    return Array.isArray(jobs) ? jobs.length : undefined
  } catch {
    return undefined
  }
}

/** Items of a block list: every line that begins with a dash as far in as the first; what lies inside an item lies deeper. */
function dashes(rest: string): number {
  const end = NEXT_FIELD.exec(rest)?.index ?? rest.length
  const items = rest.slice(0, end)
  const first = FIRST_ITEM.exec(items)
  return first ? (items.match(new RegExp(`^${first[1]}-(?=\\s|$)`, 'gm'))?.length ?? 0) : 0
}

function lineAt(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

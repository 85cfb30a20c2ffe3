import { type ZodType, z } from 'zod'
import { jsonPath, type PlaybookFault } from './playbook-fault.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError
const BETWEEN = ' · '

/** A message of our own: what is wanted, in both languages. */
export const says = (en: string, zh: string): string => `${en}${BETWEEN}${zh}`

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>

/** What a schema has against a value, each message in both languages. */
export function bothLanguages(schema: ZodType, value: unknown): readonly Issue[] {
  const english = toldIssues(schema.safeParse(value, { error: inEnglish }).error)
  if (english.length === 0) return english
  const chinese = toldIssues(schema.safeParse(value, { error: inChinese }).error)
  return english.map(({ path, message }, i) => {
    const zh = chinese[i]?.message ?? message
    return { path, message: message === zh ? message : says(message, zh) }
  })
}

/** Of a name that may not stand there zod says only "invalid key": what the name lacks is told instead. */
function toldIssues(error: z.ZodError | undefined): readonly Issue[] {
  return (error?.issues ?? []).map((issue) => {
    const [inner] = issue.code === 'invalid_key' ? issue.issues : []
    return { path: issue.path, message: inner?.message ?? issue.message }
  })
}

/** An issue as a fault of the file. */
export function faultOf({ path, message }: Issue): PlaybookFault {
  const [en = message, zh = en] = message.split(BETWEEN)
  return { path: jsonPath(path), problem: { en, zh } }
}

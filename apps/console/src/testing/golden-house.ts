import { readFileSync } from 'node:fs'

/**
 * Answers of a house with three scenarios, by path under /api/v1. The records are really signed and logged
 * under sample keys, so that the browser verifies them.
 */
export const GOLDEN_HOUSE: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL('golden-house.json', import.meta.url), 'utf8'),
)

/** Ids that tests ask for by name. */
export const GOLDEN = {
  scenario: 'turbine-nox',
  benchmark: 'nox',
  submission: 'sub_01kq3z0e7m4tqv9h2',
  running: 'sub_01kq3z6e7m4tqv9h2',
  refused: 'sub_01kq3z5e7m4tqv9h2',
  record: 'cfcf053e26c24d4da180fa755e29c8d6bf125dc7b29f040e3af600a6b77ed0e9',
} as const

const MISSING = {
  type: 'about:blank',
  title: 'not found',
  status: 404,
  code: 'house.not_found',
  text: { en: 'there is nothing here; go back to the overview', zh: '此处没有内容；请返回总览' },
  details: {},
}

/** The answer of the golden house to a GET, whatever its query. */
export function goldenAnswer(url: string): { readonly status: number; readonly body: string } {
  const path = new URL(url, 'http://golden.house').pathname.replace('/api/v1', '')
  const found = GOLDEN_HOUSE[path]
  return { status: found ? 200 : 404, body: JSON.stringify(found ?? MISSING) }
}

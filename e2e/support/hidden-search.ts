import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@dengta/sdk'

const FRAGMENT_CELLS = 3

/** Runs of three cells of hidden rows that stand nowhere in the open rows: too long to be met by chance. */
export function hiddenFragments(hiddenRows: readonly string[], openText: string): Set<string> {
  const open = fragmentsOf(openText.split('\n'))
  return new Set([...fragmentsOf(hiddenRows)].filter((fragment) => !open.has(fragment)))
}

function fragmentsOf(rows: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const row of rows) {
    const cells = row.split(',')
    for (let i = 0; i + FRAGMENT_CELLS <= cells.length; i += 1) found.add(cells.slice(i, i + FRAGMENT_CELLS).join(','))
  }
  return found
}

/** Every run of three numbers in a text, with or without blanks between, that is a hidden fragment. */
export function findFragments(text: string, hidden: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (const [run] of text.replace(/[ \t]/g, '').matchAll(/-?[\d.]+(?:,-?[\d.]+){2,}/g)) {
    for (const fragment of fragmentsOf([run])) if (hidden.has(fragment)) found.push(fragment)
  }
  return found
}

/** Every number of a text that is one of the hidden values; for values of nine decimals, which nothing else spells. */
export function findValues(text: string, hidden: ReadonlySet<string>): string[] {
  return (text.match(/-?\d+\.\d+/g) ?? []).filter((number) => hidden.has(number))
}

/** What a server shows to anyone who asks: every answer reachable from its lists, as text by path and who asked. */
export async function crawl(address: string, token: string, client: Client): Promise<Map<string, string>> {
  const paths = [
    '/api/v1/health',
    '/api/v1/programme',
    '/api/v1/participants',
    '/api/v1/scenarios',
    '/api/v1/benchmarks',
    '/api/v1/log',
    '/api/v1/trust',
    '/api/v1/openapi.json',
    '/log/checkpoint',
  ]
  const { records } = await client.listRecords({ limit: 1000 })
  paths.push(
    '/api/v1/records?limit=1000',
    ...records.flatMap(({ id }) => ['', '/export', '/bundle'].map((tail) => `/api/v1/records/${id}${tail}`)),
  )
  for (const { id } of await client.listScenarios())
    paths.push(...['', '/gates', '/export'].map((tail) => `/api/v1/scenarios/${id}${tail}`))
  for (const { id } of await client.listBenchmarks()) {
    paths.push(
      ...['', '/board', '/submissions', '/open.csv', '/hidden-features.csv', '/quality'].map(
        (tail) => `/api/v1/benchmarks/${id}${tail}`,
      ),
    )
    for (const submission of await client.listSubmissions(id)) paths.push(`/api/v1/submissions/${submission.id}`)
  }
  const session = { authorization: `Bearer ${token}` }
  const askers = { nobody: {}, operator: session, developer: { ...session, 'dengta-act-as': 'vendor-a' } }
  const seen = new Map<string, string>()
  for (const path of paths) {
    for (const [asker, headers] of Object.entries(askers)) {
      const answer = await fetch(address + path, { headers })
      seen.set(`${path} asked by ${asker}`, await answer.text())
    }
  }
  return seen
}

/** Every file of a folder as text, by path; `except` names sub-folders that are sealed by design. */
export async function readFolder(folder: string, except: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || except.some((name) => path.startsWith(join(folder, name)))) continue
    found.set(path, await readFile(path, 'latin1'))
  }
  return found
}

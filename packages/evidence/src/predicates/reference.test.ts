import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { PREDICATES, predicateType, type RecordKind } from './index.ts'
import { predicateJsonSchema } from './json-schemas.ts'
import { RECORD_KINDS } from './record-kinds.ts'

const reference = join(dirname(fileURLToPath(import.meta.url)), '../../../../docs/reference')
const kinds = Object.keys(PREDICATES) as RecordKind[]

/** `UPDATE=1 npx vitest run packages/evidence` writes the reference anew. */
function expectFile(path: string, content: string): void {
  const file = join(reference, path)
  if (process.env.UPDATE === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  expect(readFileSync(file, 'utf8'), `${path} is out of date: run with UPDATE=1`).toBe(content)
}

function table(language: 'en' | 'zh', head: readonly string[]): string {
  const rows = kinds.map((kind) => {
    const { name, states, signedBy } = RECORD_KINDS[kind]
    return `| [${kind}](records/${kind}.schema.json) | ${name[language]} | ${states[language]} | ${signedBy[language]} |`
  })
  return [`| ${head.join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join('\n')
}

const recordsPage = () => `# Records 凭证

Written by a test (packages/evidence). A record is a DSSE envelope over an in-toto Statement v1; its predicate type is
\`${predicateType('gate').replace('gate', '<kind>')}\`. Every predicate carries \`at\`, \`actor\`, \`basis\` (ids of the records it rests on) and, where it
belongs to one, \`scenario\`.

${table('en', ['kind', 'name', 'what it states', 'who signs'])}

本页由测试生成（packages/evidence）。凭证是 in-toto Statement v1 外加 DSSE 签名信封；每条凭证都写明时间 \`at\`、行为方 \`actor\`、
依据 \`basis\`（所依据凭证的编号），属于某场景的还写明 \`scenario\`。

${table('zh', ['种类', '名称', '陈述内容', '签署方'])}
`

describe('docs/reference', () => {
  test.each(kinds)('records/%s.schema.json is current', (kind) => {
    expectFile(`records/${kind}.schema.json`, `${JSON.stringify(predicateJsonSchema(kind), undefined, 2)}\n`)
  })

  test('records.md is current', () => {
    expectFile('records.md', recordsPage())
  })

  test('there is no schema of a kind that is gone', () => {
    const names = readdirSync(join(reference, 'records')).filter((name) => name.endsWith('.schema.json'))
    expect(names.sort()).toEqual(kinds.map((kind) => `${kind}.schema.json`).sort())
  })
})

test.each(kinds)('the schema of %s refuses unknown fields at every depth', (kind) => {
  const open: string[] = []
  walk(predicateJsonSchema(kind), kind, open)
  expect(open).toEqual([])
})

function walk(node: unknown, path: string, open: string[]): void {
  if (node === null || typeof node !== 'object') return
  const schema = node as Record<string, unknown>
  if (schema.type === 'object' && schema.additionalProperties === undefined) open.push(path)
  for (const [key, value] of Object.entries(schema)) walk(value, `${path}.${key}`, open)
}

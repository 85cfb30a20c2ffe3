import { defineErrors } from '@dengta/kernel'
import { parse } from 'yaml'
import { z } from 'zod'

export const recipeErrors = defineErrors('recipe', {
  wrong_digest: {
    kind: 'invalid',
    en: '{file} has SHA-256 {got}, not {expected}: it is not the published file; remove it or fetch it again',
    zh: '{file} 的 SHA-256 为 {got}，应为 {expected}：与公布的文件不符；请删除后重新获取',
  },
})

const part = z.object({ label: z.string(), file: z.string(), url: z.url(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })

/** How a sample data set is obtained: parts with public address and digest, joined into one CSV with a leading label column. */
export const recipe = z.object({
  name: z.enum(['nox', 'dga']),
  licence: z.string(),
  source: z.string(),
  label: z.string(),
  parts: z.array(part).min(1),
})
export type Recipe = z.infer<typeof recipe>
export type RecipePart = z.infer<typeof part>

export function readRecipe(yaml: string): Recipe {
  return recipe.parse(parse(yaml))
}

/** Header cells trimmed, carriage returns removed: the form that digests are taken of. */
export function normalisePart(text: string): string {
  const body = text.replace(/^\ufeff/, '').replace(/\r/g, '')
  const end = body.indexOf('\n')
  const header = body
    .slice(0, end)
    .split(',')
    .map((cell) => cell.trim())
    .join(',')
  return header + body.slice(end)
}

export interface LabelledPart {
  readonly label: string
  readonly text: string
}

/** One CSV out of parts with equal headers; the first column says which part a row came from. */
export function joinParts(labelName: string, parts: readonly LabelledPart[]): string {
  const lines: string[] = []
  for (const { label, text } of parts) {
    const [header = '', ...rows] = text.trimEnd().split('\n')
    if (lines.length === 0) lines.push(`${labelName},${header}`)
    for (const row of rows) lines.push(`${label},${row}`)
  }
  return `${lines.join('\n')}\n`
}

/** The rows of a joined CSV whose label is one of `labels`. */
export function chooseParts(csv: string, labels: readonly string[]): string {
  const [header, ...rows] = csv.trimEnd().split('\n')
  const kept = rows.filter((row) => labels.includes(row.slice(0, row.indexOf(','))))
  return `${[header, ...kept].join('\n')}\n`
}

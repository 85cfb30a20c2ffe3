/** A piece of a hand-over report. Texts are plain: nothing in them is markup any more. */
export type ReportBlock =
  | { readonly kind: 'title' | 'part' | 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** Reads what the house writes as a hand-over, which is a small part of Markdown; anything else stays text. */
export function reportBlocks(markdown: string): readonly ReportBlock[] {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map(blockOf)
}

function blockOf(block: string): ReportBlock {
  const lines = block.split('\n')
  if (block.startsWith('# ')) return { kind: 'title', text: plain(block.slice(2)) }
  if (block.startsWith('## ')) return { kind: 'part', text: plain(block.slice(3)) }
  if (lines.every((line) => line.startsWith('- ')))
    return { kind: 'list', items: lines.map((line) => plain(line.slice(2))) }
  const [heads, rule, ...rows] = lines.map(cellsOf)
  if (heads && rule?.every((cell) => cell === '---'))
    return { kind: 'table', heads, rows: rows.map((row) => row ?? []) }
  return { kind: 'text', text: plain(block) }
}

/** The cells of a row of a table; undefined where the line is none. */
function cellsOf(line: string): readonly string[] | undefined {
  if (!line.startsWith('|') || !line.endsWith('|')) return undefined
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim()))
}

const plain = (text: string): string => text.replace(/\\(.)/g, '$1')

/** Slurm's short form of a list of nodes, `n[1-3,7],m2`, as single names; leading zeros are kept. */
export function readNodeList(text: string): readonly string[] {
  return (text.match(PARTS) ?? []).flatMap(expanded)
}

/** Names between commas that stand outside brackets. */
const PARTS = /(?:[^,[]|\[[^\]]*\])+/g

/** The first pair of brackets becomes one name for each number; what follows is read the same way. */
function expanded(name: string): readonly string[] {
  const [, before, ranges, after] = /^([^[]*)\[([^\]]*)\](.*)$/.exec(name) ?? []
  if (before === undefined || ranges === undefined || after === undefined) return [name]
  const numbers = ranges.split(',').flatMap(numbersOf)
  const ends = expanded(after)
  return numbers.flatMap((number) => ends.map((end) => `${before}${number}${end}`))
}

function numbersOf(range: string): readonly string[] {
  const [first = '', last = first] = range.split('-')
  const count = Math.max(0, Number(last) - Number(first)) + 1
  return Array.from({ length: count }, (_, i) => String(Number(first) + i).padStart(first.length, '0'))
}

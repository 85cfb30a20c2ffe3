const HEAD = 'title: Bomb\nid: bomb\nlogsource: {product: windows, category: process_creation}\n'
const many = (times: number, of: (at: number) => string): string =>
  Array.from({ length: times }, (_, at) => of(at)).join('')
const selections = (times: number): string => many(times, (at) => `  s${at}: {A: b${at}}\n`)
const LETTERS = 'abcdefghijklm'
/** Nine times the list before, twelve times over. */
const aliases = (): string =>
  many(12, (at) => `${LETTERS[at + 1]}: &${LETTERS[at + 1]} [${`*${LETTERS[at]},`.repeat(9)}]\n`)

/** Rule files that would take a reader's time or memory, by name; each must be refused with its reason. */
export const BOMBS: Readonly<Record<string, () => string>> = {
  'aliases of aliases': () => `a: &a [x,x,x]\n${aliases()}${HEAD}detection: {s: *m, condition: s}\n`,
  '100 MB': () => `${HEAD}detection: {s: {A: ${'x'.repeat(1e8)}}, condition: s}\n`,
  '10,000 nested conditions': () =>
    `${HEAD}detection:\n  s: {A: b}\n  condition: ${'('.repeat(10_000)}s${')'.repeat(10_000)}\n`,
  '100,000 selections': () => `${HEAD}detection:\n${selections(100_000)}  condition: 1 of s*\n`,
  'one of 5,000, 2,000 times': () =>
    `${HEAD}detection:\n${selections(5000)}  condition: ${'1 of s* and '.repeat(2000)}s1\n`,
  'a name of a large detection, 100,000 times': () =>
    `${HEAD}detection:\n  s:\n    A:\n${many(10_000, (at) => `    - b${at}\n`)}  condition: ${'s or '.repeat(100_000)}s\n`,
  'regexes that unroll': () =>
    `${HEAD}detection:\n  s:\n    A|re:\n${many(1000, (at) => `    - '${'\\w{1000}'.repeat(200)}${at}'\n`)}  condition: s\n`,
  '100,000 fields': () => `${HEAD}detection:\n  s:\n${many(100_000, (at) => `    K${at}: v\n`)}  condition: s\n`,
  'windash on thirty dashes': () => `${HEAD}detection: {s: {A|windash: '${' -a*'.repeat(30)}'}, condition: s}\n`,
  'modifiers that multiply': () => `${HEAD}detection: {s: {A${'|base64offset'.repeat(16)}: abc}, condition: s}\n`,
  'windash in 100,000 values': () =>
    `${HEAD}detection:\n  s:\n    A|windash:\n${many(100_000, () => `    - ' -a -a -a -a -a'\n`)}  condition: s\n`,
  '100,000 nested lists': () => `${HEAD}detection: ${'['.repeat(100_000)}\n`,
  '100,000 documents': () => '---\na: b\n'.repeat(100_000),
}

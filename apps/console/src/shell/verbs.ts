/** The way through the house. Order and names are those of the guide and of the command line. */
export const VERBS = [
  { key: 'open', to: '/open' },
  { key: 'run', to: '/run' },
  { key: 'prove', to: '/prove' },
  { key: 'serve', to: '/serve' },
  { key: 'repeat', to: '/repeat' },
] as const

export type Verb = (typeof VERBS)[number]['key']

const UNDER: Readonly<Record<string, Verb>> = {
  open: 'open',
  scenarios: 'open',
  participants: 'open',
  run: 'run',
  prove: 'prove',
  benchmarks: 'prove',
  submissions: 'prove',
  records: 'prove',
  serve: 'serve',
  repeat: 'repeat',
}

/** The verb that a page belongs to; none for the overview. */
export function verbOf(pathname: string): Verb | undefined {
  return UNDER[pathname.split('/')[1] ?? '']
}

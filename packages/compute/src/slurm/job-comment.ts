import type { Order } from '../executor/executor.ts'

/** What the house must know about a job again after a crash, and what Slurm has no field for. */
export interface JobFacts {
  readonly participant: string
  readonly site: string
  readonly chip: string
  readonly chips: number
  /** The gangs it has had, the first being its own; absent for a job that has kept its own. */
  readonly gangs?: readonly PastGang[] | undefined
  readonly wattsPerChip: number
  readonly kw: number
}

/** So many chips from a moment on, milliseconds since 1970; 0 for the gang that it was ordered with. */
export interface PastGang {
  readonly chips: number
  readonly from: number
}

/** Written into the comment of the job, which goes on into the accounts. Encoded as in an address: no blanks, no quotes. */
export function writeComment(facts: JobFacts | Order): string {
  const { participant, site, chip, chips, wattsPerChip, kw } = facts
  const past = 'gangs' in facts ? facts.gangs : undefined
  const gangs = past ? { gangs: past.map((each) => `${each.chips}@${each.from}`).join(' ') } : {}
  const words = { dengta: '1', participant, site, chip, chips: `${chips}`, watts: `${wattsPerChip}`, kw: `${kw}` }
  return new URLSearchParams({ ...words, ...gangs }).toString()
}

/** Undefined for a job that the house did not submit, and where its numbers are none: they would blur the sums of its site. */
export function readComment(comment: string): JobFacts | undefined {
  const facts = new URLSearchParams(comment)
  if (facts.get('dengta') !== '1') return undefined
  const word = (name: string): string => facts.get(name) ?? ''
  const [chips, wattsPerChip, kw] = [Number(word('chips')), amount(word('watts')), amount(word('kw'))]
  if (!(Number.isInteger(chips) && chips > 0) || wattsPerChip === undefined || kw === undefined) return undefined
  return {
    ...{ participant: word('participant'), site: word('site'), chip: word('chip'), chips, wattsPerChip, kw },
    gangs: facts.has('gangs') ? gangsIn(word('gangs')) : undefined,
  }
}

/** Every gang that a job has had so far. */
export const gangsOf = ({ chips, gangs }: JobFacts): readonly PastGang[] => gangs ?? [{ chips, from: 0 }]

/** Absent where they are none: chip-hours that are no number would keep all that ended after them off the records. */
function gangsIn(text: string): readonly PastGang[] | undefined {
  const gangs = text.split(' ').map((gang): PastGang => {
    const [chips = 0, from = -1] = gang.split('@').map(Number)
    return { chips, from }
  })
  const areGangs = gangs[0]?.from === 0 && gangs.every(({ chips, from }) => chips > 0 && chips < 1e9 && from >= 0)
  return areGangs ? gangs : undefined
}

function amount(text: string): number | undefined {
  const value = Number(text)
  return text !== '' && Number.isFinite(value) && value >= 0 ? value : undefined
}

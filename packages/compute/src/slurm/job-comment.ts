import type { Order } from '../executor/executor.ts'

/** What the house must know about a job again after a crash, and what Slurm has no field for. */
export interface JobFacts {
  readonly participant: string
  readonly site: string
  readonly chip: string
  readonly chips: number
  readonly wattsPerChip: number
  readonly kw: number
}

/** Written into the comment of the job, which goes on into the accounts. Encoded as in an address: no blanks, no quotes. */
export function writeComment({ participant, site, chip, chips, wattsPerChip, kw }: JobFacts | Order): string {
  const facts = { dengta: '1', participant, site, chip, chips: `${chips}`, watts: `${wattsPerChip}`, kw: `${kw}` }
  return new URLSearchParams(facts).toString()
}

/** Undefined for a job that the house did not submit. */
export function readComment(comment: string): JobFacts | undefined {
  const facts = new URLSearchParams(comment)
  if (facts.get('dengta') !== '1') return undefined
  const word = (name: string): string => facts.get(name) ?? ''
  return {
    participant: word('participant'),
    site: word('site'),
    chip: word('chip'),
    chips: Number(word('chips')),
    wattsPerChip: Number(word('watts')),
    kw: Number(word('kw')),
  }
}

import { createHash } from 'node:crypto'

export interface AlertOrigin {
  readonly journal: string
  readonly sequence: number
  /** 1-based line in the batch. */
  readonly line: number
  readonly rule: string
}

/** The same event of the same journal and the same rule always give the same id: 128 bits of SHA-256, hexadecimal. */
export function alertIdOf({ journal, sequence, line, rule }: AlertOrigin): string {
  return createHash('sha256').update(`${journal}\n${sequence}\n${line}\n${rule}`).digest('hex').slice(0, 32)
}

import { AppError } from '@dengta/kernel'

/** Keys and indexes from the top of the document to the faulty place. */
export type RulePath = readonly (string | number)[]

/** A fault of a rule together with its place; the reader of the file turns the place into a line. */
export class RuleFault extends Error {
  override readonly name = 'RuleFault'
  readonly reason: AppError
  readonly path: RulePath

  constructor(reason: AppError, path: RulePath) {
    super(reason.message, { cause: reason })
    this.reason = reason
    this.path = path
  }
}

/** Gives an error its place; what already has one, or is no fault of the rule, stays as it is. */
export function within(path: RulePath, error: unknown): unknown {
  return error instanceof AppError ? new RuleFault(error, path) : error
}

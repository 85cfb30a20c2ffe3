import { AppError } from '@dengta/kernel'
import { ruleErrors } from '../rule/rule-errors.ts'

const { code } = ruleErrors.too_costly({ limit: '' })

/** Whether an error only says that a value is too long for a comparison. */
export const isTooCostly = (error: unknown): boolean => error instanceof AppError && error.code === code

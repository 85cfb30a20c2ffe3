import { type Fillings, fillText, type Text } from '@dengta/kernel'
import type { VerificationCheck } from '../export-file.ts'

/** What a check says, met or not. */
export interface Verdicts {
  readonly passed: Text
  readonly failed: Text
}

export function makeCheck(code: string, ok: boolean, text: Text, fillings: Fillings = {}): VerificationCheck {
  return { code, ok, text: fillText(text, fillings) }
}

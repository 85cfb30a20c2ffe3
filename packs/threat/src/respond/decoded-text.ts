import { fromBase64, fromUtf8 } from '@dengta/kernel'
import { respondErrors } from './respond-errors.ts'

/** The text that a command carries as base64; throws `threat_respond.bad_order` where it carries none. */
export function decodedText(base64: string): string {
  try {
    return fromUtf8(fromBase64(base64))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    const why = { en: 'its base64 carries no UTF-8 text', zh: '其 base64 内容不是 UTF-8 文本' }
    throw respondErrors.bad_order({ why }, cause)
  }
}

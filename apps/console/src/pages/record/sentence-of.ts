import { describeRecord, fromBase64, parseStatement, type RecordView, type Text } from '@dengta/sdk'

/** One sentence from the signed payload itself; undefined where it cannot be read. */
export function sentenceOf({ envelope }: Pick<RecordView, 'envelope'>): Text | undefined {
  try {
    return describeRecord({ statement: parseStatement(fromBase64(envelope.payload)) })
  } catch {
    return undefined
  }
}

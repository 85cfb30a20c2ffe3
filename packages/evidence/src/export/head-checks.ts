import { keyId, type Text, toAppError } from '@dengta/kernel'
import type { ExportFile, TrustRoot, VerificationCheck } from '../export-file.ts'
import { type OpenedCheckpoint, openCheckpoint } from '../note/checkpoint.ts'
import { cosignaturesOf } from '../note/cosignature.ts'
import { makeCheck } from './check.ts'
import { parseTrustRoot } from './export-form.ts'

const TRUST: Readonly<Record<'pinned' | 'other' | 'fromFile', Text>> = {
  pinned: {
    en: 'the file is of the log {origin} that you trust, key {fingerprint}',
    zh: '文件出自您信任的日志 {origin}，密钥指纹 {fingerprint}',
  },
  other: {
    en: 'the file is of another log than the one you trust: {origin}, key {fingerprint}; do not rely on it',
    zh: '文件出自另一日志 {origin}（密钥指纹 {fingerprint}），不是您信任的那个；不可采信',
  },
  fromFile: {
    en: 'the file itself names whom to trust; compare the key of the log {origin} by another way, such as a phone call: {fingerprint}',
    zh: '信任根取自文件本身；请通过其他途径（例如电话）核对日志 {origin} 的密钥指纹：{fingerprint}',
  },
}

const CHECKPOINT: Text = {
  en: 'the log {origin} signed the checkpoint of {size} records',
  zh: '日志 {origin} 已对含 {size} 条凭证的检查点签名',
}

const WITNESSES: Readonly<Record<'enough' | 'tooFew' | 'noneNeeded' | 'noHead', Text>> = {
  enough: {
    en: '{count} of {total} witnesses cosigned the checkpoint, {threshold} are needed: {names}',
    zh: '{total} 个见证方中有 {count} 个会签了检查点，要求至少 {threshold} 个：{names}',
  },
  tooFew: {
    en: 'only {count} of {total} witnesses cosigned the checkpoint, {threshold} are needed; export again when they have',
    zh: '{total} 个见证方中只有 {count} 个会签了检查点，要求至少 {threshold} 个；请待其会签后重新导出',
  },
  noneNeeded: {
    en: 'no witness is required: the log alone vouches that it shows everybody the same records',
    zh: '未要求见证方会签：日志对所有人出示同一份凭证，仅由日志自身担保',
  },
  noHead: {
    en: 'cosignatures were not looked at, because the checkpoint was refused',
    zh: '检查点未通过，故未检查见证方会签',
  },
}

/** What stands above the records: whom to trust, the log's signature, the witnesses. `head` where the signature holds. */
export interface HeadFindings {
  readonly head: OpenedCheckpoint | undefined
  readonly checks: readonly VerificationCheck[]
}

export function checkHead(file: ExportFile, pinned: TrustRoot | undefined): HeadFindings {
  try {
    const trust = pinned === undefined ? file.trust : parseTrustRoot(pinned)
    const { head, check } = checkCheckpoint(file.checkpoint, trust)
    return { head, checks: [checkTrust(file.trust, pinned), check, checkWitnesses(head, trust)] }
  } catch (thrown) {
    return { head: undefined, checks: [makeCheck('trust', false, toAppError(thrown).text)] }
  }
}

function checkTrust(stated: TrustRoot, pinned: TrustRoot | undefined): VerificationCheck {
  const fillings = { origin: stated.origin, fingerprint: keyId(stated.log) }
  if (pinned === undefined) return makeCheck('trust', true, TRUST.fromFile, fillings)
  const same = pinned.origin === stated.origin && pinned.log.spki === stated.log.spki
  return makeCheck('trust', same, same ? TRUST.pinned : TRUST.other, fillings)
}

function checkCheckpoint(checkpoint: string, trust: TrustRoot) {
  try {
    const head = openCheckpoint(checkpoint, trust)
    const { origin, size } = head
    return { head, check: makeCheck('checkpoint', true, CHECKPOINT, { origin, size }) }
  } catch (thrown) {
    return { head: undefined, check: makeCheck('checkpoint', false, toAppError(thrown).text) }
  }
}

function checkWitnesses(head: OpenedCheckpoint | undefined, { witnesses, threshold }: TrustRoot): VerificationCheck {
  if (head === undefined) return makeCheck('witnesses', false, WITNESSES.noHead)
  try {
    const names = cosignaturesOf(head.note, witnesses).map((one) => one.witness)
    const enough = names.length >= threshold
    const verdict = !enough ? 'tooFew' : threshold === 0 ? 'noneNeeded' : 'enough'
    const fillings = { count: names.length, total: witnesses.length, threshold, names: names.join(', ') }
    return makeCheck('witnesses', enough, WITNESSES[verdict], fillings)
  } catch (thrown) {
    return makeCheck('witnesses', false, toAppError(thrown).text)
  }
}

import type { Decision, Reason, Text } from '@dengta/kernel'

export const APPROVAL_LEVELS = ['none', 'analyst', 'lead', 'two-people'] as const
/** Who must agree before a step acts; `two-people`: two different ones, a lead among them. */
export type ApprovalLevel = (typeof APPROVAL_LEVELS)[number]

/** Whose consent is asked for, in the journal of a run. */
export const APPROVAL_NAMES: Readonly<Record<ApprovalLevel, Text>> = {
  none: { en: 'none', zh: '无需审批' },
  analyst: { en: 'analyst', zh: '分析师审批' },
  lead: { en: 'lead', zh: '负责人审批' },
  'two-people': { en: 'two people', zh: '双人审批' },
}

/** Who asks or decides, and how far they may. */
export interface Person {
  readonly id: string
  readonly level: 'analyst' | 'lead'
}

export interface ApprovalDemand {
  readonly level: ApprovalLevel
  /** The one who asked for the run may not approve it. */
  readonly approverDiffers: boolean
  readonly requester: string
}

/** Whether this person's consent counts, beside the consents that are already there. A refusal is kept with its reasons. */
export function mayApprove(person: Person, demand: ApprovalDemand, given: readonly Person[]): Decision {
  const reasons: Reason[] = []
  if (demand.approverDiffers && person.id === demand.requester) {
    reasons.push(no('requester', 'whoever asked for the run cannot approve it', '发起运行者不能自行批准'))
  }
  if (demand.level === 'lead' && person.level !== 'lead') {
    reasons.push(no('level', 'the step asks for the consent of a lead', '该步骤须由负责人批准'))
  }
  if (given.some(({ id }) => id === person.id)) {
    reasons.push(no('twice', 'the same person has approved already', '同一人已批准过'))
  }
  if (
    demand.level === 'two-people' &&
    given.length === 1 &&
    ![person, ...given].some(({ level }) => level === 'lead')
  ) {
    reasons.push(no('no_lead', 'one of the two must be a lead', '两人之中须有一名负责人'))
  }
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons }
}

export function isApproved(level: ApprovalLevel, given: readonly Person[]): boolean {
  if (level === 'none') return true
  if (level === 'two-people') return given.length >= 2 && given.some((person) => person.level === 'lead')
  return given.some((person) => level === 'analyst' || person.level === 'lead')
}

const no = (code: string, en: string, zh: string): Reason => ({
  code: `threat_respond.${code}`,
  met: 'no',
  text: { en, zh },
})

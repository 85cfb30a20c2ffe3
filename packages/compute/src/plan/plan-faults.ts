import type { Reason } from '@dengta/kernel'
import { fillText } from '@dengta/kernel'

/** What can be wrong with a plan that somebody hands over. */
const FAULTS = {
  other_snapshot: {
    en: 'the plan was made for another snapshot: it names {stated}, this one is {found}',
    zh: '该计划针对另一份快照：计划中为 {stated}，当前为 {found}',
  },
  job_repeated: {
    en: 'the job {job} is placed or listed as unserved twice',
    zh: '作业 {job} 被重复安排或重复列为未服务',
  },
  job_unknown: { en: 'the snapshot has no job {job}', zh: '快照中没有作业 {job}' },
  job_forgotten: {
    en: 'the job {job} is neither placed nor listed as unserved, or both',
    zh: '作业 {job} 既未安排也未列为未服务，或两者皆有',
  },
  way_forbidden: {
    en: 'the job {job} may not run at {site} on {chips} {chip}, level {level}, for {slots} slots',
    zh: '作业 {job} 不得在 {site} 以 {chips} 片 {chip} 的第 {level} 档运行 {slots} 个时隙',
  },
  outside_window: {
    en: 'the job {job} runs outside its release and deadline',
    zh: '作业 {job} 的运行时段超出可开始时间与截止时间',
  },
  chips_exceeded: {
    en: '{site}, {chip}, slot {slot}: {used} chips are held, {limit} exist',
    zh: '{site} 的 {chip}，第 {slot} 时隙：占用 {used} 片，仅有 {limit} 片',
  },
  power_exceeded: {
    en: '{place}, slot {slot}: {used} kW are planned, {limit} kW are allowed',
    zh: '{place}，第 {slot} 时隙：计划 {used} 千瓦，允许 {limit} 千瓦',
  },
  quota_exceeded: {
    en: '{participant} uses {used} chip-hours of a quota of {limit}',
    zh: '{participant} 使用 {used} 卡时，配额为 {limit}',
  },
  terms_wrong: {
    en: 'the term {term} is stated as {stated} yuan, it is {found}',
    zh: '计划中 {term} 为 {stated} 元，实为 {found} 元',
  },
  prices_wrong: {
    en: 'the prices of {place} are missing, below zero, of the wrong length, or sum to more than the demand charge',
    zh: '{place} 的价格缺失、为负、长度不符，或合计超过需量电价',
  },
  bound_wrong: {
    en: 'the {which} bound is stated as {stated}; the prices prove only {found}',
    zh: '{which} 下界写作 {stated}，而价格仅能证明 {found}',
  },
} as const

export type FaultName = keyof typeof FAULTS

export function fault(name: FaultName, fillings: Readonly<Record<string, string | number>>): Reason {
  return { code: `compute.plan.${name}`, met: 'no', text: fillText(FAULTS[name], fillings) }
}

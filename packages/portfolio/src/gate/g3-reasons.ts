import { reasonsOf } from './reason-table.ts'

/** G3: a submission is proven on rows that its maker never saw. */
export const G3_REASONS = {
  'g3.submission': {
    named: {
      met: 'yes',
      en: '"{name}" was handed in by {actor} to {benchmark}, which the scenario names',
      zh: '{actor} 向场景指定的基准 {benchmark} 提交了“{name}”',
    },
    elsewhere: {
      met: 'no',
      en: 'no acceptance criterion names the benchmark {benchmark} of this submission; submit to one that is named',
      zh: '没有验收准则指定该提交所在的基准 {benchmark}；请提交到被指定的基准',
    },
    missing: { met: 'unknown', en: 'no such submission is on record', zh: '尚无该提交的凭证' },
  },
  'g3.independent': {
    other: {
      met: 'yes',
      en: 'the submitter {actor} does not own the data',
      zh: '提交方 {actor} 不是数据所有方',
    },
    owner: {
      met: 'no',
      en: 'the submitter {actor} owns the data and may have seen the hidden rows',
      zh: '提交方 {actor} 就是数据所有方，可能见过隐藏数据',
    },
  },
  'g3.data': {
    open: { met: 'yes', en: 'G2 of {benchmark} stands open', zh: '基准 {benchmark} 的 G2 已开放' },
    closed: {
      met: 'no',
      en: 'G2 of {benchmark} is closed; a score on this data proves nothing',
      zh: '基准 {benchmark} 的 G2 已关闭；在该数据上的得分不作数',
    },
    unproven: { met: 'unknown', en: 'G2 of {benchmark} is not proven', zh: '基准 {benchmark} 的 G2 未证实' },
  },
  'g3.evaluation': {
    present: {
      met: 'yes',
      en: 'scored by the house over {rows} rows of the data sealed last',
      zh: '平台已在最近封存的数据上评测，共 {rows} 行',
    },
    outdated: {
      met: 'no',
      en: 'the score was made on other data, another definition or another model than now on record; score it again',
      zh: '评测所用的数据、定义或模型与现有凭证不一致；请重新评测',
    },
    altered: {
      met: 'no',
      en: 'the digest of the result does not fit the result',
      zh: '评测结果与其摘要不符',
    },
    other: {
      met: 'no',
      en: 'the evaluation is signed by {actor}, not by the house',
      zh: '评测凭证由 {actor} 签名，而不是平台',
    },
    refused: {
      met: 'no',
      en: 'the submission was refused: {code}; correct it and submit again',
      zh: '该提交已被退回：{code}；请修正后重新提交',
    },
    missing: { met: 'unknown', en: 'the submission has no score yet', zh: '该提交尚未评测' },
  },
  'g3.rows': {
    enough: {
      met: 'yes',
      en: '{id}: {rows} rows were scored, {needed} asked for',
      zh: '{id}：评测 {rows} 行，要求 {needed} 行',
    },
    few: {
      met: 'no',
      en: '{id}: only {rows} rows were scored, {needed} are asked for',
      zh: '{id}：只评测了 {rows} 行，要求 {needed} 行',
    },
  },
  'g3.threshold': {
    reached: {
      met: 'yes',
      en: '{id}: {metric} {value}, {level} % interval {low} to {high}; the bound {bound} reaches {threshold}',
      zh: '{id}：{metric} 为 {value}，{level} % 区间 {low} 至 {high}；区间界 {bound} 达到门槛 {threshold}',
    },
    missed: {
      met: 'no',
      en: '{id}: {metric} {value}, {level} % interval {low} to {high}; the bound {bound} does not reach {threshold}',
      zh: '{id}：{metric} 为 {value}，{level} % 区间 {low} 至 {high}；区间界 {bound} 未达到门槛 {threshold}',
    },
    wrongMetric: {
      met: 'no',
      en: '{id}: asked for {metric} with an interval of at least 95 %, scored {measured} at {level} %',
      zh: '{id}：要求 {metric} 且区间不低于 95 %，评测的却是 {measured}（{level} %）',
    },
  },
  'g3.worst': {
    reached: {
      met: 'yes',
      en: '{id}: the worst part {part} has {value}, its floor is {floor}',
      zh: '{id}：最差分组 {part} 为 {value}，下限 {floor}',
    },
    missed: {
      met: 'no',
      en: '{id}: the worst part {part} has {value}, below what its floor {floor} demands',
      zh: '{id}：最差分组 {part} 为 {value}，未达到下限 {floor}',
    },
    whole: {
      met: 'yes',
      en: '{id}: the data names no groups; the whole has {value}, the floor is {floor}',
      zh: '{id}：数据没有分组；整体为 {value}，下限 {floor}',
    },
    wholeMissed: {
      met: 'no',
      en: '{id}: the data names no groups; the whole has {value}, the floor {floor} demands better',
      zh: '{id}：数据没有分组；整体为 {value}，未达到下限 {floor}',
    },
  },
  'g3.guards': {
    present: { met: 'yes', en: 'guard metrics: {figures}', zh: '护栏指标：{figures}' },
    missing: {
      met: 'unknown',
      en: 'guard metrics without a figure: {names}; add them to the guards of the benchmark',
      zh: '护栏指标缺少数值：{names}；请加入基准的 guards',
    },
  },
  'g3.isolation': {
    held: {
      met: 'yes',
      en: 'the sandbox held {probes} attacks at level {level} before the run',
      zh: '运行之前沙箱在 {level} 级别下挡住了 {probes} 项攻击',
    },
    broken: { met: 'no', en: 'the sandbox did not hold: {failed}', zh: '沙箱未能挡住攻击：{failed}' },
    weak: {
      met: 'no',
      en: 'the run was isolated at level {level}; {required} is required: have the operator install it, then hand the model in again',
      zh: '运行的隔离级别为 {level}，要求 {required}：请运营方安装后重新提交模型',
    },
    late: {
      met: 'no',
      en: 'the isolation test does not belong to this run or comes after it',
      zh: '隔离自检不属于本次运行，或晚于本次运行',
    },
    other: {
      met: 'no',
      en: 'the isolation test is signed by {actor}, not by the house',
      zh: '隔离自检由 {actor} 签名，而不是平台',
    },
    missing: { met: 'unknown', en: 'the isolation test of the run is not on record', zh: '缺少本次运行的隔离自检凭证' },
  },
  'g3.replay': {
    same: { met: 'yes', en: 'replayed for {actor} to the same bytes', zh: '应 {actor} 要求重放，结果逐字节一致' },
    differs: {
      met: 'no',
      en: 'the replay for {actor} gave another result; the score does not count until that is explained',
      zh: '应 {actor} 要求的重放结果不一致；查明原因之前得分不作数',
    },
    missing: {
      met: 'unknown',
      en: 'nobody but the submitter has replayed the evaluation; the owner, an auditor or the operator may',
      zh: '除提交方外尚无人重放该评测；所有方、审计方或运营方均可重放',
    },
  },
} as const

export const sayG3 = reasonsOf(G3_REASONS)

import { defineErrors } from '@dengta/kernel'

export const portfolioErrors = defineErrors('portfolio', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the scenario file is neither YAML nor JSON: {problem}; correct the line and send the file again',
    zh: '第 {line} 行：场景文件不是有效的 YAML 或 JSON（{problem}）；请改正后重新提交',
  },
  field: {
    kind: 'invalid',
    en: 'line {line}, {path}: {problem}; correct the field and send the file again',
    zh: '第 {line} 行，{path}：{problemZh}；请改正后重新提交',
  },
  unit_differs: {
    kind: 'invalid',
    en: 'line {line}, {path}: the baseline is in {unit}, the quantity in {wanted}; state both in one unit',
    zh: '第 {line} 行，{path}：基线单位为 {unit}，而指标单位为 {wanted}；请统一单位',
  },
  direction_differs: {
    kind: 'invalid',
    en: 'line {line}, {path}: of {metric}, {wanted} is better; correct the direction',
    zh: '第 {line} 行，{path}：{metric} 以 {wanted} 为优；请更正方向',
  },
  floor_above_threshold: {
    kind: 'invalid',
    en: 'line {line}, {path}: the floor of the worst group is stricter than the threshold for all; make it no stricter',
    zh: '第 {line} 行，{path}：最差分组的下限比总体门槛更严；请放宽到不严于总体门槛',
  },
  repeated_criterion: {
    kind: 'invalid',
    en: 'line {line}, {path}: the id {id} stands here twice; give every criterion its own',
    zh: '第 {line} 行，{path}：准则编号 {id} 重复；请为每条准则使用不同编号',
  },
  owner_differs: {
    kind: 'forbidden',
    en: 'the file names {owner} as owner, you are {caller}; only the owner states a scenario',
    zh: '文件中的场景所有方是 {owner}，而您是 {caller}；只有所有方可以提交场景',
  },
  scenario_taken: {
    kind: 'conflict',
    en: 'the scenario {id} belongs to another owner; choose another id',
    zh: '场景编号 {id} 已属于其他所有方；请换一个编号',
  },
  no_scenario: {
    kind: 'not_found',
    en: 'there is no scenario {id}; see GET /api/v1/scenarios for those there are',
    zh: '没有编号为 {id} 的场景；可用 GET /api/v1/scenarios 查看已有场景',
  },
  no_subject: {
    kind: 'not_found',
    en: '{gate} of scenario {scenario} cannot be asked about {about}: there is no such record; G1 is asked about the scenario, G2 about a benchmark, G3 about a submission',
    zh: '无法就 {about} 判定场景 {scenario} 的 {gate}：没有相应凭证；G1 针对场景，G2 针对基准，G3 针对提交',
  },
  no_caller: {
    kind: 'unauthenticated',
    en: 'this needs a token; send it as "Authorization: Bearer <token>"',
    zh: '此操作需要令牌；请以“Authorization: Bearer <令牌>”发送',
  },
  not_asked_by: {
    kind: 'forbidden',
    en: 'a decision on {scenario} is asked for by its owner, an auditor or the operator; sign in as one of them',
    zh: '只有场景 {scenario} 的所有方、审计方或运营方可以申请判定；请以相应身份登录',
  },
})

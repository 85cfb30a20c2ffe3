import type { Text } from '@dengta/kernel'

/** Help of the verb Open: scenarios, participants, benchmarks, data. */
export const OPEN_WORDS = {
  scenario: { en: 'state, list and read scenarios', zh: '场景：提出、列出、查看' },
  stateScenario: {
    en: 'state a scenario from its YAML or JSON file; a later file replaces it, the earlier record stays',
    zh: '由 YAML 或 JSON 文件提出场景；新文件取代旧文件，原凭证保留',
  },
  scenarios: { en: 'all scenarios with their stage', zh: '全部场景及其阶段' },
  showScenario: {
    en: 'one scenario: pain point, criteria, gates and why each stands as it does',
    zh: '一个场景：痛点、准则、关口及其依据',
  },
  participant: { en: 'who takes part: add, list, issue tokens', zh: '参与方：添加、列出、签发令牌' },
  addParticipant: { en: 'add a participant; its key is made and recorded', zh: '添加参与方；生成密钥并登记为凭证' },
  roles: {
    en: 'comma-separated: owner, developer, operator, auditor',
    zh: '以逗号分隔：owner 所有方、developer 开发方、operator 运营方、auditor 审计方',
  },
  participants: { en: 'all participants', zh: '全部参与方' },
  token: { en: 'issue a token; it is shown once, only its hash is kept', zh: '签发令牌；只显示一次，仅保存其哈希' },
  revoke: {
    en: 'revoke a token by its id, the part from tok_ to the next _',
    zh: '按编号吊销令牌，编号为从 tok_ 到下一个 _ 之前的部分',
  },
  benchmark: { en: 'define and read benchmarks', zh: '基准：定义、查看' },
  define: { en: 'define a benchmark from its YAML or JSON file', zh: '由 YAML 或 JSON 文件定义基准' },
  decides: { en: 'the scenario that it decides', zh: '该基准所评判的场景' },
  benchmarks: { en: 'all benchmarks', zh: '全部基准' },
  data: { en: 'seal data sets and read their quality reports', zh: '数据集：封存、查看质量报告' },
  seal: {
    en: 'check, split, commit and hide the rows of a CSV; the hidden part never leaves again',
    zh: '检查、划分、承诺并隐藏 CSV 的数据行；隐藏部分不再外传',
  },
  licence: { en: 'the terms of the data', zh: '数据的许可条款' },
  source: { en: 'whose data it is and how it was obtained', zh: '数据归谁所有、如何取得' },
  quality: {
    en: 'the quality report of the newest data, by row and column; for its owner',
    zh: '最近一份数据的质量报告，按行列列出；仅限所有方',
  },
  openRows: { en: 'save the open rows as CSV', zh: '将公开数据行存为 CSV' },
  features: {
    en: 'save the features of the hidden rows as CSV, where the benchmark takes predictions',
    zh: '将隐藏数据行的特征存为 CSV（仅限接受预测值的基准）',
  },
} satisfies Record<string, Text>

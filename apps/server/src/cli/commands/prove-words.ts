import type { Text } from '@dengta/kernel'

/** Help of the verb Prove: submissions, boards, log, exports. */
export const PROVE_WORDS = {
  submit: { en: 'hand in a model or predictions and wait for the score', zh: '提交模型或预测值并等待评分' },
  form: { en: 'what the file is', zh: '文件的形式' },
  name: { en: 'how the board calls it', zh: '榜单上的名称' },
  noWait: { en: 'answer as soon as it is accepted', zh: '受理后立即返回' },
  replay: {
    en: 'score a submission again from its digests and record whether the bytes are the same',
    zh: '按摘要重新评分，并记录结果是否逐字节一致',
  },
  board: {
    en: 'the board: scores with intervals as a forest plot, and per period',
    zh: '榜单：带区间的得分（森林图），并分时段列出',
  },
  train: {
    en: 'train a baseline on the open rows and write its model file: a floor that anyone can rebuild',
    zh: '用公开数据训练基线并写出模型文件：任何人都能复现的下限',
  },
  baseline: { en: 'which baseline', zh: '哪一种基线' },
  modelForm: { en: 'form of the file; by default that of the kind', zh: '文件形式；不写则按基线种类' },
  trainerSeed: { en: 'seed of the trainer', zh: '训练的随机种子' },
  log: { en: 'the append-only log: head, records, trust root', zh: '只追加日志：树头、凭证、信任根' },
  head: { en: 'size, root, checkpoint and witnesses', zh: '大小、树根、检查点与见证方' },
  records: { en: 'records, oldest first', zh: '凭证，旧的在前' },
  ofScenario: { en: 'only of this scenario', zh: '仅限该场景' },
  ofKind: { en: 'only of this kind', zh: '仅限该种类' },
  fromIndex: { en: 'first leaf index', zh: '起始叶序号' },
  trust: {
    en: 'the trust root, to be handed to a verifier by another way than the export',
    zh: '信任根；请经由导出文件之外的途径交给核验者',
  },
  exportRecord: {
    en: 'one record, by its full id, with its proof: `dengta verify` checks it offline',
    zh: '按完整编号导出单条凭证及其证明，可用 `dengta verify` 离线核验',
  },
  bundle: {
    en: 'one record, by its full id, as a Sigstore bundle v0.3',
    zh: '按完整编号将单条凭证导出为 Sigstore bundle v0.3',
  },
  exportScenario: {
    en: 'every record of a scenario in one file that a stranger verifies offline',
    zh: '将场景的全部凭证导出为一个文件，供局外人离线核验',
  },
  verify: {
    en: 'check an exported file offline, without any server, and say what was checked',
    zh: '不连任何服务，离线核验导出文件，并说明核验了什么',
  },
  pinned: { en: 'the trust root that you got by another way', zh: '经由其他途径取得的信任根' },
  gate: {
    en: 'show the gates of a scenario; with a gate and what it is about, decide one and sign the decision',
    zh: '查看场景的关口；给出关口与对象时，判定该关口并签署结果',
  },
  gateAbout: {
    en: 'About: a benchmark for G2, a submission for G3, the scenario itself for G1.\nExit code of a decision: 0 OPEN, 10 CLOSED, 11 NOT PROVEN.',
    zh: '对象：G2 为基准，G3 为提交，G1 为场景本身。\n判定的退出码：0 开放，10 关闭，11 未证实。',
  },
} satisfies Record<string, Text>

import { defineErrors } from '@dengta/kernel'

/** What can be wrong with the file that says which cluster runs the jobs of a house. */
export const engineFileErrors = defineErrors('engine_file', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the file that DENGTA_ENGINE_FILE names is neither YAML nor JSON: {problem}; correct the line and start again',
    zh: '第 {line} 行：DENGTA_ENGINE_FILE 指定的文件不是有效的 YAML 或 JSON（{problem}）；请改正后重新启动',
  },
  field: {
    kind: 'invalid',
    en: 'line {line}, {path} of the file that DENGTA_ENGINE_FILE names: {problem}; correct the field and start again',
    zh: 'DENGTA_ENGINE_FILE 指定的文件第 {line} 行，{path}：{problemZh}；请改正后重新启动',
  },
  unreadable: {
    kind: 'invalid',
    en: '{path} cannot be read ({problem}); DENGTA_ENGINE_FILE, or the file that it names, points there: correct the path or who may read it',
    zh: '无法读取 {path}（{problem}）；该路径来自 DENGTA_ENGINE_FILE 或其指定的文件：请改正路径或读取权限',
  },
  not_set: {
    kind: 'invalid',
    en: 'DENGTA_ENGINE is kubernetes, and DENGTA_ENGINE_FILE names no file; name one with image and places',
    zh: 'DENGTA_ENGINE 为 kubernetes，但 DENGTA_ENGINE_FILE 未指定文件；请指定含 image 与 places 的文件',
  },
  outside: {
    kind: 'invalid',
    en: 'the file that DENGTA_ENGINE_FILE names has no kubeconfig, and this house runs in no pod; name a kubeconfig',
    zh: 'DENGTA_ENGINE_FILE 指定的文件未给出 kubeconfig，且本平台不在 Pod 中运行；请指定 kubeconfig',
  },
  no_partition: {
    kind: 'not_found',
    en: 'this Slurm has no partition {site} with chips (GRES gpu:TYPE:COUNT); it has {known}: each site of the file is a partition of its name',
    zh: '该 Slurm 没有带芯片（GRES gpu:类型:数量）的分区 {site}，现有分区：{known}；文件中的每个站点须对应同名分区',
  },
  uneven_nodes: {
    kind: 'invalid',
    en: 'node {node} of partition {site} has {chips} chips, others of this file have {expected}; name only partitions whose nodes have the same number',
    zh: '分区 {site} 的节点 {node} 有 {chips} 块芯片，而其他节点为 {expected} 块；请只填写各节点芯片数相同的分区',
  },
  no_licence: {
    kind: 'not_found',
    en: 'this Slurm has no licence {licence}, by which the power of {site} is held; its administrator adds it with `{command}`',
    zh: '该 Slurm 没有许可 {licence}（用于限制站点 {site} 的功率）；请由其管理员执行 `{command}` 添加',
  },
  no_comments: {
    kind: 'not_found',
    en: 'the accounts of this Slurm keep no comments of jobs, by which ended jobs are known and their usage is counted; its administrator adds job_comment to AccountingStoreFlags in slurm.conf and runs `scontrol reconfigure`',
    zh: '该 Slurm 的记账不保存作业备注，无法据此识别已结束的作业并计量其用量；请由其管理员在 slurm.conf 的 AccountingStoreFlags 中加入 job_comment，并执行 `scontrol reconfigure`',
  },
})

type CodeOf = { readonly code?: string }

/** Reads a file of the operator's; throws `engine_file.unreadable` with its path. */
export async function readOrSay<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
  return read(path).catch((cause: CodeOf) => {
    throw engineFileErrors.unreadable({ path, problem: cause.code ?? String(cause) }, cause)
  })
}

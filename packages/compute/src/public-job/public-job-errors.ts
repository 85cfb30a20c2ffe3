import { defineErrors } from '@dengta/kernel'

export const publicJobErrors = defineErrors('compute_job', {
  missing: {
    kind: 'not_found',
    en: 'there is no job {id} that you may see; see GET /api/v1/compute/jobs',
    zh: '没有您可查看的作业 {id}；可用 GET /api/v1/compute/jobs 查看',
  },
  unknown_scenario: {
    kind: 'invalid',
    en: 'there is no scenario {scenario}; see GET /api/v1/scenarios, or leave it out',
    zh: '没有场景 {scenario}；可用 GET /api/v1/scenarios 查看，或不填该项',
  },
  unknown_class: {
    kind: 'invalid',
    en: 'the workload class {name} has no power curve here; the classes are {known}',
    zh: '负载类别 {name} 没有功率曲线；可用类别：{known}',
  },
  site_not_allowed: {
    kind: 'forbidden',
    en: 'the data agreement does not let {participant} run at {site}; allowed are {allowed}',
    zh: '数据合约不允许 {participant} 在 {site} 运行；允许的站点：{allowed}',
  },
  unknown_sites: {
    kind: 'invalid',
    en: 'the job may run at {sites} only, which the day does not have; its sites are {known}: choose among them, or ask the operator whether your grant names the right ones',
    zh: '该作业只能在 {sites} 运行，但排程日中没有这些站点；现有站点：{known}。请从中选择，或请运营方核对配额所写的站点',
  },
  gangs_wrong: {
    kind: 'invalid',
    en: 'the gang of {chips} chips is no smaller one, stands there twice, or is faster than a larger one; list each smaller number of chips once, speeds falling with the chips',
    zh: '{chips} 片芯片的规模并未缩小、重复列出，或比更大规模更快；请将每种较小的芯片数列出一次，速度随芯片数减少而不升高',
  },
  fits_nowhere: {
    kind: 'invalid',
    en: 'no site has {chips} chips of the types and trust that the job asks for; ask for fewer chips or widen its sites, chip types or trust',
    zh: '没有站点具备该作业所要求类型与可信等级的 {chips} 片芯片；请减少芯片数，或放宽站点、芯片类型、可信等级',
  },
  deadline_past: {
    kind: 'invalid',
    en: 'the deadline {deadline} is past; choose a later one',
    zh: '截止时间 {deadline} 已过；请选择更晚的时间',
  },
  command: {
    kind: 'invalid',
    en: 'the command cannot run here; write ["demo"], ["demo", "SECONDS"] with 1 to 86400 seconds, or ["node", "-e", "SOURCE OF AN ES MODULE", ...]',
    zh: '该命令无法运行；可写 ["demo"]、["demo", "秒数"]（1 至 86400），或 ["node", "-e", "ES 模块源代码", ...]',
  },
  programs_not_held: {
    kind: 'invalid',
    en: 'this house runs no programs of participants: that needs the local engine and bubblewrap; leave the command out to run the built-in workload',
    zh: '本平台当前不运行参与方程序：需要本机执行引擎与 bubblewrap；不填命令即可运行内置负载',
  },
  programs_role: {
    kind: 'forbidden',
    en: 'only developers may hand in programs; leave the command out to run the built-in workload',
    zh: '仅开发方可提交程序；不填命令即可运行内置负载',
  },
  ended: {
    kind: 'conflict',
    en: 'the job {id} is {state} and cannot be cancelled any more',
    zh: '作业 {id} 的状态为 {state}，不能再取消',
  },
})

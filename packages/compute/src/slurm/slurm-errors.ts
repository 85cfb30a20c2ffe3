import { defineErrors } from '@dengta/kernel'

/** What can go wrong between the house and a Slurm, the small one on loopback included. */
export const slurmErrors = defineErrors('slurm', {
  not_root: {
    kind: 'unavailable',
    en: 'a Slurm on loopback needs root (private network and process namespaces, jobs run as another user); run the command again with sudo',
    zh: '在本机回环上运行 Slurm 需要 root 权限（独立的网络与进程命名空间，作业以其他用户身份运行）；请用 sudo 重新执行',
  },
  programs_absent: {
    kind: 'unavailable',
    en: 'a Slurm on loopback needs these programs, which are not installed: {programs}; run `npm run setup:debian`',
    zh: '在本机回环上运行 Slurm 缺少以下程序：{programs}；请先运行 `npm run setup:debian`',
  },
  no_namespaces: {
    kind: 'unavailable',
    en: 'this machine does not let root make a network namespace ({problem}); a container needs --privileged or --cap-add SYS_ADMIN, NET_ADMIN',
    zh: '本机不允许 root 创建网络命名空间（{problem}）；容器请加 --privileged，或加 --cap-add SYS_ADMIN 与 NET_ADMIN',
  },
  bad_description: {
    kind: 'invalid',
    en: 'the description of the Slurm cluster is wrong at {path}: {problem}; correct it and start again',
    zh: 'Slurm 集群描述有误，位置 {path}：{problem}；请改正后重新启动',
  },
  not_ready: {
    kind: 'unavailable',
    en: '{part} was not ready after {seconds} s: {problem}; its log lies in {folder}',
    zh: '{part} 在 {seconds} 秒内未就绪：{problem}；日志位于 {folder}',
  },
  not_running: {
    kind: 'not_found',
    en: 'no Slurm started by Dengta runs in {folder}; start one with `dengta compute up --slurm`',
    zh: '{folder} 中没有由 Dengta 启动的 Slurm；请用 `dengta compute up --slurm` 启动',
  },
  command_failed: {
    kind: 'unavailable',
    en: 'Slurm refused `{command}`: {problem}',
    zh: 'Slurm 拒绝执行 `{command}`：{problem}',
  },
  rest_failed: {
    kind: 'unavailable',
    en: "Slurm's REST service did not do {call}: {problem}; check that slurmrestd and slurmctld run",
    zh: 'Slurm 的 REST 服务未能完成 {call}：{problem}；请确认 slurmrestd 与 slurmctld 正在运行',
  },
  rest_silent: {
    kind: 'unavailable',
    en: "Slurm's REST service gave no answer to {call}: {problem}; check its address, and that slurmrestd runs",
    zh: 'Slurm 的 REST 服务未对 {call} 作出应答：{problem}；请检查其地址，并确认 slurmrestd 正在运行',
  },
  unsafe_name: {
    kind: 'invalid',
    en: 'the name {name} cannot be given to Slurm; use up to 100 letters, digits, ".", "_", "-" or ":", beginning with a letter or digit',
    zh: '名称 {name} 不能交给 Slurm；请使用不超过 100 个字母、数字、“.”、“_”、“-”或“:”，并以字母或数字开头',
  },
  unknown_site: {
    kind: 'invalid',
    en: 'job {job}: this Slurm has no site {site}; it has {known}',
    zh: '作业 {job}：该 Slurm 没有站点 {site}；现有站点：{known}',
  },
  no_such_site: {
    kind: 'invalid',
    en: 'this Slurm has no site {site}; it has {known}',
    zh: '该 Slurm 没有站点 {site}；现有站点：{known}',
  },
  unknown_chip: {
    kind: 'invalid',
    en: 'job {job}: site {site} has no chip {chip} in this Slurm; it has {known}',
    zh: '作业 {job}：该 Slurm 的站点 {site} 没有芯片 {chip}；现有芯片：{known}',
  },
  unknown_job: {
    kind: 'not_found',
    en: 'this Slurm knows no job named {job}; submit it first',
    zh: '该 Slurm 中没有名为 {job} 的作业；请先提交',
  },
  not_listed: {
    kind: 'unavailable',
    en: 'Slurm lists job {job} ({id}) no more, and its accounts do not tell its end; if this lasts, its administrator looks at `sacctmgr show runawayjobs`',
    zh: 'Slurm 已不再列出作业 {job}（{id}），记账中也没有其结束记录；若持续如此，请其管理员用 `sacctmgr show runawayjobs` 检查',
  },
  bad_order: {
    kind: 'invalid',
    en: 'job {job}: {field} is {value}; {rule}',
    zh: '作业 {job}：{field} 的值为 {value}，不符合要求（{rule}）',
  },
  bad_power: {
    kind: 'invalid',
    en: 'a power limit of {value} kW for {site} is not a number of zero or more',
    zh: '站点 {site} 的功率上限 {value} 千瓦无效；应为不小于零的数值',
  },
})

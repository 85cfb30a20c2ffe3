import { defineErrors } from '@dengta/kernel'

export const localErrors = defineErrors('local', {
  command: {
    kind: 'invalid',
    en: 'the command of job {job} cannot run here: the local executor runs Node programs in the sandbox, written as ["node", "/absolute/path.mjs", ...]; other programs need Slurm or Kubernetes',
    zh: '作业 {job} 的命令无法在本机运行：本地执行器仅在沙箱中运行 Node 程序，格式为 ["node", "/绝对路径.mjs", ...]；其他程序请使用 Slurm 或 Kubernetes',
  },
  pool: {
    kind: 'invalid',
    en: 'job {job} asks for {chips} x {chip} at {site}; this machine was set up with {count} there',
    zh: '作业 {job} 在 {site} 需要 {chips} 块 {chip}；本机在该站点仅配置了 {count} 块',
  },
  state_broken: {
    kind: 'unavailable',
    en: 'the state of the local executor in {path} cannot be read; restore it from a copy, or move it away to start with no jobs',
    zh: '无法读取本地执行器的状态文件 {path}；请从备份恢复，或将其移走后以空状态启动',
  },
  state_not_written: {
    kind: 'unavailable',
    en: 'the state of the local executor in {path} cannot be written ({problem}); make room on that disk: until then no job starts, and one that has ended keeps its chips',
    zh: '本地执行器的状态文件 {path} 无法写入（{problem}）；请释放该磁盘的空间：在此之前不会启动作业，已结束的作业仍占用芯片',
  },
  closed: {
    kind: 'conflict',
    en: 'the local executor was closed; open it again',
    zh: '本地执行器已关闭；请重新打开',
  },
})

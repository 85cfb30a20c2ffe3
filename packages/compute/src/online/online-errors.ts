import { defineErrors } from '@dengta/kernel'

/** What can be wrong with a question about the present slot, or with a simulated world. */
export const onlineErrors = defineErrors('compute.online', {
  now_outside: {
    kind: 'invalid',
    en: 'slot {now} lies outside the snapshot of {slots} slots; ask for a slot from 0 to {last}',
    zh: '时隙 {now} 不在快照的 {slots} 个时隙之内；请给出 0 到 {last} 之间的时隙',
  },
  place_unknown: {
    kind: 'invalid',
    en: '{job} is said to run at {site} on {chip}, which the snapshot does not have; correct the place or add the pool',
    zh: '{job} 标为在 {site} 的 {chip} 上运行，但快照中没有该芯片池；请更正位置或补充芯片池',
  },
  node_unknown: {
    kind: 'invalid',
    en: '{job} is said to run on node {node} of {site} {chip}, which has {nodes} nodes counted from 0; correct the node',
    zh: '{job} 标为在 {site} 的 {chip} 第 {node} 号节点上运行，但该芯片池只有 {nodes} 个节点（从 0 编号）；请更正节点',
  },
  job_repeated: {
    kind: 'invalid',
    en: 'the job {job} arrives twice; give every job a name of its own',
    zh: '作业 {job} 到达了两次；请为每个作业使用唯一名称',
  },
  start_forbidden: {
    kind: 'conflict',
    en: 'the policy starts {job} at {site} on {chip}, level {level}, in slot {now}, which is none of its ways; the policy must be corrected',
    zh: '策略在时隙 {now} 把 {job} 启动于 {site} 的 {chip} 第 {level} 档，但该作业没有这种运行方式；请修正策略',
  },
})

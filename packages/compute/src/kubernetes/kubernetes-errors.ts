import { defineErrors } from '@dengta/kernel'

export const kubernetesErrors = defineErrors('kubernetes', {
  not_yaml: {
    kind: 'invalid',
    en: 'the kubeconfig is not readable at line {line}: {problem}; correct it there',
    zh: 'kubeconfig 第 {line} 行无法读取：{problem}；请更正该处',
  },
  field: {
    kind: 'invalid',
    en: 'the kubeconfig has a fault at line {line}, field {path}: {problem}',
    zh: 'kubeconfig 第 {line} 行字段 {path} 有误：{problemZh}',
  },
  no_entry: {
    kind: 'invalid',
    en: 'the kubeconfig has no {what} named "{name}"; choose another context or add it',
    zh: 'kubeconfig 中没有名为“{name}”的 {what}；请选择其他上下文或添加该项',
  },
  no_credential: {
    kind: 'invalid',
    en: 'user "{name}" of the kubeconfig has neither a token nor a client certificate; credential plugins are not run: use a service account token',
    zh: 'kubeconfig 用户“{name}”既无令牌也无客户端证书；系统不运行凭据插件，请使用服务账号令牌',
  },
  unreachable: {
    kind: 'unavailable',
    en: 'the Kubernetes API at {server} does not answer: {problem}; check address, network and certificate',
    zh: '位于 {server} 的 Kubernetes API 没有响应：{problem}；请检查地址、网络与证书',
  },
  refused: {
    kind: 'unavailable',
    en: 'the Kubernetes API refused {method} {path}: {status} {problem}',
    zh: 'Kubernetes API 拒绝了 {method} {path}：{status} {problem}',
  },
  not_allowed: {
    kind: 'forbidden',
    en: 'the Kubernetes API does not let us {method} {path}: {problem}; give the service account the role of the guide, or a fresh token',
    zh: 'Kubernetes API 不允许 {method} {path}：{problem}；请为服务账号授予指南中的角色，或更换有效令牌',
  },
  not_our_check: {
    kind: 'conflict',
    en: 'the admission check {check} names the controller {named}; create one whose controllerName is {ours}',
    zh: '准入检查 {check} 指定的控制器为 {named}；请创建 controllerName 为 {ours} 的准入检查',
  },
  name_taken: {
    kind: 'conflict',
    en: 'the cluster already has a job {name} that is not ours; rename or delete it there',
    zh: '集群中已有非本系统创建的作业 {name}；请在集群中改名或删除',
  },
  no_place: {
    kind: 'invalid',
    en: 'job {job} is to run on {chip} at {site}, which no namespace stands for; add the place to the configuration',
    zh: '作业 {job} 需在 {site} 的 {chip} 上运行，但没有对应的命名空间；请在配置中添加',
  },
  uneven_gang: {
    kind: 'invalid',
    en: 'job {job} asks for {chips} chips; above one node it must be whole nodes of {nodeSize}',
    zh: '作业 {job} 需要 {chips} 块芯片；超过单节点时须为整节点（每节点 {nodeSize} 块）',
  },
})

import { defineErrors } from '@dengta/kernel'

export const sandboxErrors = defineErrors('sandbox', {
  entry_missing: {
    kind: 'unavailable',
    en: 'the program {entry} is not there; build it with `npm run build`',
    zh: '程序 {entry} 不存在；请先执行 `npm run build` 构建',
  },
  package_missing: {
    kind: 'unavailable',
    en: 'the package {name} is not installed; run `npm ci`',
    zh: '软件包 {name} 尚未安装；请执行 `npm ci`',
  },
  package_closed: {
    kind: 'unavailable',
    en: 'jobs run as another user, who may not read the package {name}; open it with `chmod -R o+rX node_modules/{name}`',
    zh: '作业以其他用户身份运行，无权读取软件包 {name}；请执行 `chmod -R o+rX node_modules/{name}` 开放读取权限',
  },
  input_missing: {
    kind: 'invalid',
    en: 'the input "{name}" of the job has no readable file; hand over the path of an existing file',
    zh: '作业的输入“{name}”没有可读的文件；请提供已存在文件的路径',
  },
  keep_missing: {
    kind: 'invalid',
    en: 'the folder that should outlast the job is not there; create it and hand over its absolute path',
    zh: '作业需保留的文件夹不存在；请先创建，并提供其绝对路径',
  },
  bad_input_name: {
    kind: 'invalid',
    en: 'the input name "{name}" cannot be used; take letters, digits, ".", "_" and "-", and none of "output", "work" and "kept"',
    zh: '输入名“{name}”不可用；请使用字母、数字、“.”、“_”、“-”，且不得为“output”“work”或“kept”',
  },
  bad_limit: {
    kind: 'invalid',
    en: 'the limit {name} must be a number above 0; it is {value}',
    zh: '限额 {name} 必须为大于 0 的数；当前为 {value}',
  },
})

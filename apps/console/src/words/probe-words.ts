import type { Language, Text } from '@dengta/sdk'

/** Names of the canary's attacks stand in signed records in English; this is their Chinese. */
const ATTACKS: Readonly<Record<string, string>> = {
  'read the secret file of the house': '读取本系统的机密文件',
  'read /etc/passwd': '读取 /etc/passwd',
  'list the home folder': '列出用户主目录',
  'find secrets in the environment': '在环境变量中寻找机密',
  'set a variable of the kernel': '修改内核参数',
  'change a device of the host': '修改宿主机的设备文件',
  'change a device through an inherited file': '通过继承的文件描述符修改设备文件',
  'hold a privilege': '持有特权',
  'see a network interface': '看到网络接口',
  'connect to a service of the house': '连接本系统的服务',
  'open a datagram socket': '打开数据报套接字',
  'open a network socket (socket)': '打开网络套接字（socket）',
  'enter a new user namespace (unshare)': '进入新的用户命名空间（unshare）',
  'start a process in a new user namespace (clone)': '在新的用户命名空间中启动进程（clone）',
  'set up io_uring': '建立 io_uring',
  'trace a process (ptrace)': '跟踪其他进程（ptrace）',
  'load a program into the kernel (bpf)': '向内核加载程序（bpf）',
  'fork without end': '无限创建进程',
  'be heard by a service of the house': '让本系统的服务收到数据',
  'take more memory than the limit': '占用超过上限的内存',
  'report back': '回报结果',
  'every attack': '全部攻击',
}

/** What was seen, where it is a phrase; error codes stay as they are. */
const SEEN: readonly (readonly [RegExp, Text])[] = [
  [/^it worked$/, { en: 'it worked', zh: '攻击成功' }],
  [/^nothing$/, { en: 'nothing', zh: '未发现' }],
  [/^connected$/, { en: 'connected', zh: '已连接' }],
  [/^bound$/, { en: 'bound', zh: '已绑定' }],
  [/^ended with (\S+)$/, { en: 'ended with $1', zh: '以 $1 结束' }],
  [/^1 processes$/, { en: '1 process', zh: '1 个进程' }],
  [/^(\d+) processes$/, { en: '$1 processes', zh: '$1 个进程' }],
  [/^1 connections$/, { en: '1 connection', zh: '1 个连接' }],
  [/^(\d+) connections$/, { en: '$1 connections', zh: '$1 个连接' }],
  [/^memory at (\d+) bytes$/, { en: 'stopped by the limit at $1 bytes', zh: '占用 $1 字节时被上限终止' }],
  [
    /^not tried: nothing isolates a job here$/,
    { en: 'not tried: nothing isolates a job here', zh: '未尝试：本机没有任何隔离手段' },
  ],
]

/** The name of an attack; one that this console does not know stays as it was recorded. */
export function attackName(attack: string, language: Language): string {
  if (language === 'en') return attack
  return ATTACKS[attack] ?? attack.replace(/^write (\/\S*)$/, '写入 $1')
}

export function attackSeen(seen: string, language: Language): string {
  const [pattern, said] = SEEN.find(([form]) => form.test(seen)) ?? []
  return pattern && said ? seen.replace(pattern, said[language]) : seen
}

import type { Text } from '@dengta/kernel'

/** Where events come in. */
export const SOURCE_KINDS: Readonly<Record<string, Text>> = {
  http: { en: 'HTTP', zh: 'HTTP' },
  tcp: { en: 'TCP', zh: 'TCP' },
  'syslog-tcp': { en: 'syslog, TCP', zh: 'syslog（TCP）' },
  'syslog-udp': { en: 'syslog, UDP', zh: 'syslog（UDP）' },
  nats: { en: 'NATS', zh: 'NATS' },
  files: { en: 'folder', zh: '目录' },
}

export const FLOW_STAGES: Readonly<Record<string, Text>> = {
  correlation: { en: 'correlation', zh: '关联' },
  'dns-volume': { en: 'DNS volume', zh: 'DNS 流量' },
  triage: { en: 'triage', zh: '研判' },
}

/** What can go wrong with what comes in. */
export const SOURCE_FAULTS: Readonly<Record<string, Text>> = {
  bad_hello: { en: 'greeting not read', zh: '握手无法识别' },
  bad_request: { en: 'broken request', zh: '请求有误' },
  body_too_large: { en: 'body too large', zh: '请求体过大' },
  consumer_lost: { en: 'consumer lost', zh: '消费者丢失' },
  dropped_by_system: { en: 'dropped by the system', zh: '被系统丢弃' },
  evtx_chunk: { en: 'EVTX chunk damaged', zh: 'EVTX 数据块损坏' },
  evtx_checksum: { en: 'EVTX checksum wrong', zh: 'EVTX 校验不符' },
  evtx_record: { en: 'EVTX record damaged', zh: 'EVTX 记录损坏' },
  evtx_truncated: { en: 'EVTX cut off', zh: 'EVTX 文件不完整' },
  evtx_unsealed: { en: 'EVTX not closed', zh: 'EVTX 未正常关闭' },
  gap: { en: 'lines missing in between', zh: '中间缺行' },
  line_too_long: { en: 'line too long', zh: '行过长' },
  log_line: { en: 'line not read', zh: '行无法解析' },
  memory: { en: 'no memory left', zh: '内存不足' },
  no_room: { en: 'no room', zh: '缓冲已满' },
  not_a_sender: { en: 'sender not allowed', zh: '发送方未获准' },
  not_an_object: { en: 'not a JSON object', zh: '不是 JSON 对象' },
  not_durable: { en: 'not written to disk', zh: '未能落盘' },
  not_evtx: { en: 'not an EVTX file', zh: '不是 EVTX 文件' },
  not_json: { en: 'not JSON', zh: '不是 JSON' },
  refused: { en: 'refused', zh: '已拒绝' },
  reset: { en: 'connection broken', zh: '连接中断' },
  silent: { en: 'silent connection closed', zh: '静默连接已关闭' },
  slow_request: { en: 'request too slow', zh: '请求过慢' },
  socket: { en: 'socket failed', zh: '套接字故障' },
  stream_busy: { en: 'stream sent twice', zh: '数据流重复发送' },
  too_costly: { en: 'takes too long to read', zh: '解析耗时过长' },
  too_deep: { en: 'nested too deep', zh: '嵌套过深' },
  too_long: { en: 'line too long', zh: '行过长' },
  too_many_connections: { en: 'too many connections', zh: '连接过多' },
  too_many_streams: { en: 'too many streams', zh: '数据流过多' },
  truncated: { en: 'file was shortened', zh: '文件被截短' },
  unauthorised: { en: 'token wrong', zh: '令牌错误' },
  unfinished_line: { en: 'last line cut off', zh: '末行不完整' },
  unpacks_too_large: { en: 'unpacks too large', zh: '解压后过大' },
  unreadable_file: { en: 'file not read', zh: '文件无法读取' },
  zstd_checksum: { en: 'Zstandard checksum wrong', zh: 'Zstandard 校验不符' },
  zstd_damaged: { en: 'Zstandard damaged', zh: 'Zstandard 数据损坏' },
  zstd_dictionary: { en: 'Zstandard dictionary missing', zh: '缺少 Zstandard 字典' },
  zstd_truncated: { en: 'Zstandard cut off', zh: 'Zstandard 数据不完整' },
  zstd_window: { en: 'Zstandard window too large', zh: 'Zstandard 窗口过大' },
}

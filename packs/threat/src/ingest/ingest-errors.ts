import { defineErrors } from '@dengta/kernel'

/** What a sender or an operator can do wrong on the way in. */
export const ingestErrors = defineErrors('threat_ingest', {
  open_listener: {
    kind: 'invalid',
    en: 'a listener on {host} is reachable from outside this machine and needs a token of at least 16 characters; set one, or listen on 127.0.0.1',
    zh: '在 {host} 上监听会暴露到本机之外，必须设置至少 16 个字符的令牌；请设置令牌，或只在 127.0.0.1 上监听',
  },
  stream_busy: {
    kind: 'conflict',
    en: 'the stream "{stream}" is being sent already; end the other sender or use another name',
    zh: '数据流“{stream}”正在发送中；请停止另一个发送方，或换一个名称',
  },
  bad_hello: {
    kind: 'invalid',
    en: 'the greeting cannot be read: {why}; a first line that greets is a JSON object with "dengta", and if needed "token", "stream" and "ack"',
    zh: '无法识别握手信息：{whyZh}；握手行应为 JSON 对象，含“dengta”，以及按需的“token”、“stream”、“ack”',
  },
  unauthorised: {
    kind: 'unauthenticated',
    en: 'the token is missing or wrong; send the token of this listener',
    zh: '缺少令牌或令牌错误；请发送该监听端口的令牌',
  },
  gap: {
    kind: 'conflict',
    en: 'the stream "{stream}" stands at line {have}, the body begins at line {sent}; send the lines between them first',
    zh: '数据流“{stream}”当前位于第 {have} 行，而请求从第 {sent} 行开始；请先发送中间缺少的行',
  },
  not_found: {
    kind: 'not_found',
    en: 'there is only POST /ingest here',
    zh: '此处只有 POST /ingest',
  },
  body_too_large: {
    kind: 'limit',
    en: 'the body is larger than {limit} bytes; send it in parts',
    zh: '请求体超过 {limit} 字节；请分批发送',
  },
  body_encoded: {
    kind: 'invalid',
    en: 'the body is encoded as {encoding}, and only plain lines are taken here; send it without Content-Encoding',
    zh: '请求体采用了 {encoding} 编码，此处只接受未压缩的文本行；请去掉 Content-Encoding 后重新发送',
  },
  line_too_long: {
    kind: 'limit',
    en: 'a line has more than {limit} bytes; it was passed over and counted, and stands as an empty line; shorten such events, or raise DENGTA_THREAT_MAX_LINE where the events are taken in',
    zh: '有一行超过 {limit} 字节；该行已跳过并计数，仍占一个空行；请缩短此类事件，或在接收端调高 DENGTA_THREAT_MAX_LINE',
  },
  too_many_connections: {
    kind: 'limit',
    en: 'all {limit} connections are taken; close idle ones or raise the limit',
    zh: '{limit} 个连接已全部占用；请关闭空闲连接或提高上限',
  },
  silent: {
    kind: 'limit',
    en: '{limit} newer connections have not said anything either; send the first line right after connecting',
    zh: '另有 {limit} 个更新的连接也尚未发送任何内容；请在连接后立即发送第一行',
  },
  too_many_streams: {
    kind: 'limit',
    en: 'there are {limit} resumable streams already; reuse their names instead of inventing new ones',
    zh: '可续传的数据流已达 {limit} 个；请沿用已有名称，不要不断新建',
  },
  not_durable: {
    kind: 'unavailable',
    en: 'nothing can be made durable at the moment ({why}); the events were not accepted, send them again later',
    zh: '目前无法可靠落盘（{why}）；事件未被接受，请稍后重发',
  },
  zstd_truncated: {
    kind: 'invalid',
    en: '{file} ends in the middle of a Zstandard frame; the whole lines of its first {unpacked} unpacked bytes were read; fetch the file again for the rest',
    zh: '{file} 在 Zstandard 帧中间中断；已读取解压后前 {unpacked} 字节中的完整行；请重新获取该文件以读取其余部分',
  },
  zstd_damaged: {
    kind: 'invalid',
    en: '{file} is damaged or no Zstandard file: packed byte {at} cannot be read; test it with zstd -t and fetch it again',
    zh: '{file} 已损坏或不是 Zstandard 文件：压缩数据第 {at} 字节处无法读取；请用 zstd -t 检查并重新获取',
  },
  zstd_checksum: {
    kind: 'invalid',
    en: '{file} does not have the check sum that its Zstandard frame states (packed byte {at}); events read from it may be wrong, fetch it again',
    zh: '{file} 与其 Zstandard 帧所载校验和不符（压缩数据第 {at} 字节）；已读出的事件可能有误，请重新获取该文件',
  },
  zstd_window: {
    kind: 'limit',
    en: '{file} was packed with a window of more than 128 MiB; pack it again without --long, or with --long=27 at most',
    zh: '{file} 压缩时所用窗口超过 128 MiB；请重新压缩，不使用 --long，或最多 --long=27',
  },
  zstd_dictionary: {
    kind: 'invalid',
    en: '{file} was packed with a dictionary, which is not part of it; pack it again without one',
    zh: '{file} 使用了字典压缩，而字典不在文件中；请不使用字典重新压缩',
  },
  unpacks_too_large: {
    kind: 'limit',
    en: '{file} unpacks to more than {maxRatio} times its size, as no log does; unpack it by hand if you trust it',
    zh: '{file} 解压后超过原大小的 {maxRatio} 倍，正常日志不会如此；如确信可靠，请手动解压后再读取',
  },
  not_evtx: {
    kind: 'invalid',
    en: '{file} does not begin as a Windows event log (EVTX) does; check what it is, or export it again with wevtutil epl',
    zh: '{file} 开头不是 Windows 事件日志（EVTX）格式；请确认文件类型，或用 wevtutil epl 重新导出',
  },
  open_syslog: {
    kind: 'invalid',
    en: 'a syslog listener on {host} is reachable from outside this machine; name the addresses that may send, or listen on 127.0.0.1',
    zh: '在 {host} 上监听 syslog 会暴露到本机之外；请列出允许发送的地址，或只在 127.0.0.1 上监听',
  },
  bad_sender: {
    kind: 'invalid',
    en: '"{sender}" is no address and no network; write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32',
    zh: '“{sender}”不是地址也不是网段；请写成 192.0.2.7、192.0.2.0/24 或 2001:db8::/32',
  },
  nats_unreachable: {
    kind: 'unavailable',
    en: 'no NATS server answers at {servers}, or it refuses this user; check address, port and credentials',
    zh: 'NATS 服务器 {servers} 无响应或拒绝该用户；请检查地址、端口与凭据',
  },
  nats_stream: {
    kind: 'not_found',
    en: 'the NATS server has no stream "{stream}", or JetStream is not switched on; make the stream first',
    zh: 'NATS 服务器上没有流“{stream}”，或未启用 JetStream；请先创建该流',
  },
  nats_consumer: {
    kind: 'conflict',
    en: 'the consumer "{consumer}" is not a pull consumer with explicit acknowledgements; choose another name, it is made then',
    zh: '消费者“{consumer}”不是显式确认的拉取型消费者；请换一个名称，系统会自动创建',
  },
  nats_went_back: {
    kind: 'conflict',
    en: 'the stream "{stream}" ends at message {last}, but {taken} were taken from it: the server has lost messages; new ones would be taken for known ones, so begin with a new consumer name',
    zh: '流“{stream}”止于第 {last} 条消息，而已取到第 {taken} 条：服务器丢失了消息；新消息会被误认为已处理，请改用新的消费者名称',
  },
})

import { defineErrors } from '@dengta/kernel'

export const errors = defineErrors('evidence', {
  statement_not_canonical: {
    kind: 'invalid',
    en: 'the statement is not canonical JSON (RFC 8785); sign the canonical form only',
    zh: '声明不是规范 JSON（RFC 8785）；只能对规范形式签名',
  },
  statement_malformed: {
    kind: 'invalid',
    en: 'the statement does not have the form of an in-toto Statement v1 at {path}; name at least one subject, each once, with its SHA-256',
    zh: '声明在 {path} 处不符合 in-toto Statement v1 的形式；至少写明一个对象，每个只写一次，并附 SHA-256',
  },
  kind_unknown: {
    kind: 'invalid',
    en: 'no record kind has the predicate type {type}; see docs/reference/records.md for the kinds there are',
    zh: '没有哪种凭证的谓词类型是 {type}；现有种类见 docs/reference/records.md',
  },
  predicate_invalid: {
    kind: 'invalid',
    en: 'the predicate of a {kind} record is wrong at {path} ({issue}); compare it with docs/reference/records/{kind}.schema.json',
    zh: '{kind} 凭证的谓词在 {path} 处有误（{issue}）；请对照 docs/reference/records/{kind}.schema.json',
  },
  note_key_unsupported: {
    kind: 'invalid',
    en: 'logs and witnesses sign with Ed25519; make an Ed25519 key for {name}',
    zh: '日志与见证方使用 Ed25519 签名；请为 {name} 生成 Ed25519 密钥',
  },
  note_name_malformed: {
    kind: 'invalid',
    en: '"{name}" cannot name a note key; use letters without spaces and without "+", such as example.com/log',
    zh: '“{name}”不能作为签名者名称；不能含空格和“+”，例如 example.com/log',
  },
  note_malformed: {
    kind: 'invalid',
    en: 'the signed note is malformed at line {line}; fetch it again from its source',
    zh: '签名文本第 {line} 行格式有误；请从来源处重新获取',
  },
  note_unsigned: {
    kind: 'invalid',
    en: 'the note carries no signature of {name}; fetch a checkpoint that {name} signed',
    zh: '文本上没有 {name} 的签名；请获取由 {name} 签过名的检查点',
  },
  note_signature_wrong: {
    kind: 'invalid',
    en: 'the signature line of {name} does not verify; do not rely on this note',
    zh: '{name} 的签名验证不通过；不要采信这份文本',
  },
  checkpoint_malformed: {
    kind: 'invalid',
    en: 'the checkpoint is malformed at line {line}; fetch it again from the log',
    zh: '检查点第 {line} 行格式有误；请从日志重新获取',
  },
  origin_differs: {
    kind: 'invalid',
    en: 'the checkpoint is of the log {got}, not of {expected}; check which log you asked',
    zh: '该检查点属于日志 {got}，而不是 {expected}；请确认访问的是哪个日志',
  },
  tree_range: {
    kind: 'invalid',
    en: 'a tree of {size} leaves has no place {at}; ask for a place or size inside the tree',
    zh: '含 {size} 个叶子的树没有位置 {at}；请给出树内的位置或大小',
  },
  node_missing: {
    kind: 'not_found',
    en: 'the hash of node {level}/{index} is not stored; the log is damaged, restore it from a backup',
    zh: '节点 {level}/{index} 的哈希不存在；日志已损坏，请从备份恢复',
  },
  bundle_malformed: {
    kind: 'invalid',
    en: 'the entry bundle ends in the middle of an entry; fetch the tile again',
    zh: '条目包在一条记录中间截断；请重新获取该分块',
  },
  entry_too_long: {
    kind: 'limit',
    en: 'a log entry has {bytes} bytes, a tile carries at most 65535 an entry; log a digest instead',
    zh: '一条日志有 {bytes} 字节，而分块中每条最多 65535 字节；请改为记录摘要',
  },
  trust_malformed: {
    kind: 'invalid',
    en: 'the trust root is wrong at {path}; it needs the origin and Ed25519 key of the log, witnesses of distinct names and keys, and a threshold that they can reach',
    zh: '信任根在 {path} 处有误；须包含日志的名称和 Ed25519 公钥、名称与密钥各不相同的见证方，以及能够达到的门限',
  },
  record_not_in_export: {
    kind: 'not_found',
    en: 'the export holds no record {id}; list the ids of the file with `dengta verify`',
    zh: '导出文件中没有凭证 {id}；可用 `dengta verify` 列出文件中的凭证编号',
  },
})

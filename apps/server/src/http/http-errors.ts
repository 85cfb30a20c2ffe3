import { defineErrors } from '@dengta/kernel'

export const httpErrors = defineErrors('http', {
  invalid_input: {
    kind: 'invalid',
    en: '{where} {path}: {problem}; see /api/v1/openapi.json for the form that is expected',
    zh: '{where} {path}：{problemZh}；应有的格式见 /api/v1/openapi.json',
  },
  unseen_character: {
    kind: 'invalid',
    en: '{where} {path} holds a character that is not shown (a control character, or one that turns the direction of writing); type the text anew',
    zh: '{where} {path} 含有不可见字符（控制字符或改变书写方向的字符）；请重新输入该文本',
  },
  malformed_json: {
    kind: 'invalid',
    en: 'the request body is not valid JSON; send UTF-8 JSON with content type application/json',
    zh: '请求体不是有效的 JSON；请发送 UTF-8 编码、类型为 application/json 的 JSON',
  },
  malformed_path: {
    kind: 'invalid',
    en: 'the path of this request cannot be read: an escape is not valid UTF-8, or a name in it is too long; correct the address',
    zh: '无法读取请求路径：转义不是有效的 UTF-8，或其中的名称过长；请更正地址',
  },
  wrong_media_type: {
    kind: 'invalid',
    en: 'this media type is not accepted here; send application/json',
    zh: '此处不接受该媒体类型；请使用 application/json',
  },
  body_too_large: {
    kind: 'limit',
    en: 'the request body is larger than the {limit} bytes allowed here; send less, or ask the operator to raise the limit',
    zh: '请求体超过此处允许的 {limit} 字节；请减小内容，或请运营方提高上限',
  },
  upload_stalled: {
    kind: 'invalid',
    en: 'nothing came for {seconds} s, so the upload was given up and nothing was kept; send it again over a steady connection',
    zh: '{seconds} 秒内没有收到数据，已放弃本次上传且未保留任何内容；请在网络稳定时重新发送',
  },
  may_not_act_for: {
    kind: 'forbidden',
    en: 'this token may not act for {participant}, or there is no such participant; see "dengta participant list"',
    zh: '该令牌不能代表 {participant}，或没有该参与方；可用 "dengta participant list" 查看',
  },
  missing_token: {
    kind: 'unauthenticated',
    en: 'this needs a token: send "Authorization: Bearer dgt_..."; an operator issues tokens',
    zh: '此操作需要令牌：请在请求头中发送 "Authorization: Bearer dgt_..."；令牌由运营方签发',
  },
  wrong_token: {
    kind: 'unauthenticated',
    en: 'this token is not valid, has expired or was revoked; ask an operator for a new one',
    zh: '令牌无效、已过期或已吊销；请向运营方申请新的令牌',
  },
  role_needed: {
    kind: 'forbidden',
    en: 'this needs one of the roles: {roles}; your participant does not have it',
    zh: '此操作需要以下角色之一：{roles}；您所属的参与方没有该角色',
  },
  disk_full: {
    kind: 'unavailable',
    en: 'the disk of the house is full, so nothing of this request was kept; the operator must make room, then send it again',
    zh: '服务器磁盘已满，本次请求未保留任何内容；请运营方清理磁盘后重新提交',
  },
  no_such_route: {
    kind: 'not_found',
    en: 'there is nothing at {method} {path}; /api/v1/openapi.json lists what there is',
    zh: '{method} {path} 不存在；可用接口见 /api/v1/openapi.json',
  },
  wrong_host: {
    kind: 'forbidden',
    en: 'requests for host {host} are not answered here; set DENGTA_HOSTS to allow more names',
    zh: '此处不响应发往主机 {host} 的请求；可用 DENGTA_HOSTS 允许更多主机名',
  },
})

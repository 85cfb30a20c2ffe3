import { defineErrors } from '@dengta/kernel'

export const dataspaceErrors = defineErrors('dataspace', {
  participant_exists: {
    kind: 'conflict',
    en: 'a participant with the id "{id}" is registered already; choose another id',
    zh: '编号为“{id}”的参与方已登记；请另选编号',
  },
  participant_missing: {
    kind: 'not_found',
    en: 'there is no participant "{id}"; register it first',
    zh: '没有编号为“{id}”的参与方；请先登记',
  },
  token_missing: {
    kind: 'not_found',
    en: 'there is no token {id}; it may have been removed',
    zh: '没有编号为 {id} 的令牌；它可能已被删除',
  },
  not_yours: {
    kind: 'forbidden',
    en: 'only the operator or the participant "{participant}" itself may do this; sign in as one of them',
    zh: '只有运营方或参与方“{participant}”本身可以执行此操作；请以相应身份登录',
  },
  house_only: {
    kind: 'forbidden',
    en: 'only the operator of this machine may do this for an operator: each of them must be a person of their own; ask there',
    zh: '只有本机运营方可为运营方执行此操作：每位运营方须为不同的人；请在本机上操作',
  },
  no_caller: {
    kind: 'unauthenticated',
    en: 'this needs a token; send it as "Authorization: Bearer <token>"',
    zh: '此操作需要令牌；请以“Authorization: Bearer <令牌>”发送',
  },
  no_records: {
    kind: 'not_found',
    en: 'scenario "{scenario}" has no record yet; state the scenario first',
    zh: '场景“{scenario}”尚无凭证；请先提交场景',
  },
  tile_missing: {
    kind: 'not_found',
    en: 'the log has no tile {path}; see the size in /log/checkpoint',
    zh: '日志没有分块 {path}；请先查看 /log/checkpoint 中的大小',
  },
})

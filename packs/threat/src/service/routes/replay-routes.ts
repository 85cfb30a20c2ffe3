import { type Route, route } from '@dengta/kernel'
import { type ExportFile, exportFile, newReplay, replayList, replayView } from '@dengta/sdk'
import type { ReplayDesk } from '../replay/replay-desk.ts'
import { ACT, byId, LOOK, nothing, signedIn } from './route-words.ts'

/** Replays of labelled logs. */
interface ReplayRouteParts {
  readonly replays: ReplayDesk
  readonly exportReplay: (id: string) => Promise<ExportFile>
}

export function replayRoutes({ replays, exportReplay }: ReplayRouteParts): readonly Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/api/v1/threat/replays', allow: ACT },
      summary: { en: 'Replay a labelled log end to end', zh: '全流程回放带标签的日志' },
      ...{ body: newReplay, answer: replayView, status: 201 },
      handle: ({ caller, body }) => replays.start(signedIn(caller), body),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/replays', allow: LOOK },
      summary: { en: 'Replays, newest first, and the networks there are', zh: '回放列表（新的在前）与可用网络' },
      answer: replayList,
      handle: () => replays.list(),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/replays/:id', allow: LOOK },
      summary: { en: 'One replay', zh: '单次回放' },
      ...{ params: byId, answer: replayView },
      handle: ({ params }) => replays.get(params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/replays/:id/stop', allow: ACT },
      summary: { en: 'Stop a replay; what it has stored stays', zh: '停止回放；已入库的内容保留' },
      ...{ params: byId, body: nothing, answer: replayView },
      handle: ({ caller, params }) => replays.stop(signedIn(caller), params.id),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/replays/:id/export', allow: LOOK },
      summary: {
        en: 'Everything on record about a replay, to verify offline',
        zh: '导出一次回放的全部凭证以供离线验证',
      },
      ...{ params: byId, answer: exportFile },
      handle: ({ params }) => exportReplay(params.id),
    }),
  ]
}

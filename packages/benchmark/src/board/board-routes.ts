import { type Route, route } from '@dengta/kernel'
import { boardView } from '@dengta/sdk'
import { benchmarkParams } from '../benchmark/benchmark-routes.ts'
import type { BoardService } from './board-service.ts'

export function boardRoutes(service: BoardService): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id/board',
      allow: 'anyone',
      summary: { en: 'The board: scores with intervals, in tiers', zh: '榜单：得分、区间与梯队' },
      params: benchmarkParams,
      answer: boardView,
      handle: ({ params }) => service.board(params.id),
    }),
  ]
}

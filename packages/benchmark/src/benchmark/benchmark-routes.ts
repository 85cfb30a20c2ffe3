import { type Caller, type Route, route } from '@dengta/kernel'
import { benchmarkList, benchmarkView, newBenchmark } from '@dengta/sdk'
import { z } from 'zod'
import type { BenchmarkService } from './benchmark-service.ts'

export const benchmarkParams = z.object({ id: z.string() })

/** The server lets nobody without a role pass to a route that asks for one. */
export function signedIn(caller: Caller | undefined): Caller {
  if (!caller) throw new TypeError('a route that asks for a role was reached without a caller')
  return caller
}

export function benchmarkRoutes(service: BenchmarkService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/benchmarks',
      allow: ['owner'],
      summary: { en: 'Define a benchmark', zh: '定义基准' },
      body: newBenchmark,
      answer: benchmarkView,
      status: 201,
      handle: ({ caller, body }) => service.define(signedIn(caller), body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks',
      allow: 'anyone',
      summary: { en: 'All benchmarks', zh: '基准列表' },
      answer: benchmarkList,
      handle: async () => ({ benchmarks: [...(await service.list())] }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id',
      allow: 'anyone',
      summary: { en: 'One benchmark with its sealed data set', zh: '基准及其封存的数据集' },
      params: benchmarkParams,
      answer: benchmarkView,
      handle: ({ params }) => service.view(params.id),
    }),
  ]
}

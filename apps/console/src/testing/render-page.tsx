import type { Language } from '@dengta/sdk'
import { skipToken } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { renderToString } from 'react-dom/server'
import { App } from '../app.tsx'
import { houseCache } from '../house/house-cache.ts'
import { consoleRouter } from '../router.tsx'
import { goldenAnswer } from './golden-house.ts'

interface RenderOptions {
  readonly language?: Language
  readonly token?: string
  readonly answer?: typeof goldenAnswer
}

/**
 * Renders a page to HTML without a browser: the real client against the golden house, again and again until
 * no question is open.
 */
export async function renderPage(address: string, options: RenderOptions = {}): Promise<string> {
  const { language = 'en', token, answer = goldenAnswer } = options
  const router = consoleRouter(createMemoryHistory({ initialEntries: [address] }))
  await router.load()
  const cache = houseCache()
  cache.setDefaultOptions({ queries: { retry: false, retryOnMount: false, staleTime: Number.POSITIVE_INFINITY } })
  const fetch = async (url: string) => {
    const { status, body } = answer(url)
    return new Response(body, { status })
  }
  const app = <App router={router} cache={cache} choices={{ language }} token={token} fetch={fetch} />
  for (let round = 0; round < 4; round += 1) {
    renderToString(app)
    const open = cache
      .getQueryCache()
      .getAll()
      .filter(({ options }) => options.queryFn !== skipToken)
    await Promise.all(open.map((query) => query.fetch().catch(() => undefined)))
  }
  return renderToString(app)
}

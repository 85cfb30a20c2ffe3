/// <reference lib="dom" />

import type { Page, Response } from 'playwright-core'

/** Three words of Latin letters or more in a row. */
const SENTENCE = /[A-Za-z][\w'’-]*(?:[ ,:;]+[A-Za-z][\w'’-]*){2,}/g
/** Commands, identifiers and texts of others are shown as they are. */
const AS_IT_IS = 'code, pre, kbd, textarea, script, style, .unseen'

export interface EnglishWatch {
  /** Sentences of a Chinese page that stand in no answer as data: words of the house itself, left in English. */
  left(): Promise<string[]>
}

/** Remembers the answers that a page gets: names, titles and sources that people wrote may stand in a page in any language. */
export function watchEnglish(page: Page): EnglishWatch {
  const data: string[] = []
  const reading = new Set<Promise<void>>()
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.startsWith('/api/')) return
    const read = keep(response, data).finally(() => reading.delete(read))
    reading.add(read)
  })
  return {
    left: async () => {
      await Promise.all(reading)
      const known = data.join('\n')
      const whole = new Set(data)
      const isData = (sentence: string): boolean =>
        known.includes(sentence) || sentence.split(', ').every((each) => whole.has(each))
      const sentences = (await page.evaluate(visibleTexts, AS_IT_IS)).flatMap((text) => text.match(SENTENCE) ?? [])
      return [...new Set(sentences)].filter((sentence) => !isData(sentence))
    },
  }
}

/** An answer that leaving the page cut short says nothing. */
async function keep(response: Response, data: string[]): Promise<void> {
  const body = await response.text().catch(() => '')
  try {
    for (const text of textsOf(JSON.parse(body))) data.push(text.replace(/\s+/g, ' '))
  } catch {
    data.push(body.replace(/\s+/g, ' '))
  }
}

/** Every text of an answer; of what is said in both languages the Chinese only. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const { en, zh } = value as { en?: unknown; zh?: unknown }
  if (typeof en === 'string' && typeof zh === 'string') return [zh]
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)])
}

/** Runs inside a page. */
function visibleTexts(asItIs: string): string[] {
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element?.checkVisibility() || element.closest(asItIs)) continue
    texts.push((node.textContent ?? '').replace(/\s+/g, ' '))
  }
  return texts
}

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, type TestAPI, test } from 'vitest'
import { type BrowserHouse, serveGoldenHouse } from './browser-house.ts'

const CHROMIUM = process.env.DENGTA_CHROMIUM ?? '/usr/bin/chromium'
/** Where pictures of every page are kept; none are taken without it. */
const PICTURES = process.env.DENGTA_PICTURES
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const ARGS = [...QUIET, '--disable-component-update', '--disable-sync']

export const VIEWS = {
  'wide-zh-light': { viewport: { width: 1280, height: 900 }, locale: 'zh-CN', colorScheme: 'light' },
  'wide-en-dark': { viewport: { width: 1280, height: 900 }, locale: 'en-GB', colorScheme: 'dark' },
  'small-zh-dark': { viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'dark' },
  'small-en-light': { viewport: { width: 390, height: 844 }, locale: 'en-GB', colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>

const absent = existsSync(CHROMIUM) ? undefined : `SKIPPED: no browser at ${CHROMIUM}; set DENGTA_CHROMIUM`
if (absent) console.log(absent)

/** A test that needs a browser, and is skipped aloud where there is none. */
export const browserTest: ReturnType<TestAPI['skipIf']> = test.skipIf(absent)

interface Tab {
  readonly page: Page
  /** What went wrong in it: errors of its scripts, and requests to anybody else. */
  readonly wrong: readonly string[]
}

interface BrowserOfTests {
  address(): string
  openTab(options: BrowserContextOptions): Promise<Tab>
  go(page: Page, path: string): Promise<void>
}

/** Builds the console, serves it over the golden house and starts a browser, for the tests of one file. */
export function startBrowser(): BrowserOfTests {
  let browser: Browser
  let house: BrowserHouse
  let folder: string
  beforeAll(async () => {
    if (absent) return
    folder = mkdtempSync(join(tmpdir(), 'dengta-console-'))
    const root = fileURLToPath(new URL('../..', import.meta.url))
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder } })
    house = await serveGoldenHouse(folder)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
  })
  afterAll(async () => {
    if (absent) return
    await browser.close()
    house.close()
    rmSync(folder, { recursive: true })
  })
  const isOwn = (url: string) => url.startsWith(house.address) || url.startsWith('data:')
  return {
    address: () => house.address,
    openTab: async (options) => {
      const page = await browser.newPage(options)
      const wrong: string[] = []
      page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
      page.on('pageerror', (error) => wrong.push(String(error)))
      page.on('request', (request) => isOwn(request.url()) || wrong.push(request.url()))
      return { page, wrong }
    },
    go: async (page, path) => {
      await page.goto(house.address + path, { waitUntil: 'networkidle' })
      await page.waitForSelector('main h1')
    },
  }
}

/** Keeps a picture of the whole page where DENGTA_PICTURES asks for them. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowserHouse, serveGoldenHouse } from './browser-house.ts'
import { GOLDEN } from './golden-house.ts'
import { faultsOf } from './page-faults.ts'

const CHROMIUM = process.env.DENGTA_CHROMIUM ?? '/usr/bin/chromium'
/** Where pictures of every page are kept; none are taken without it. */
const PICTURES = process.env.DENGTA_PICTURES
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
const ARGS = [...QUIET, '--disable-component-update', '--disable-sync']

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['programme', '/'],
  ['open', '/open'],
  ['scenario', `/scenarios/${GOLDEN.scenario}`],
  ['benchmark', `/benchmarks/${GOLDEN.benchmark}`],
  ['board', `/benchmarks/${GOLDEN.benchmark}/board`],
  ['submit', `/benchmarks/${GOLDEN.benchmark}/submit`],
  ['submission', `/submissions/${GOLDEN.submission}`],
  ['refused', `/submissions/${GOLDEN.refused}`],
  ['running', `/submissions/${GOLDEN.running}`],
  ['records', '/records'],
  ['record', `/records/${GOLDEN.record}`],
  ['log', '/prove/log'],
  ['participants', '/participants'],
  ['run', '/run'],
  ['engines', '/run/engines'],
  ['public', '/run/public'],
  ['events', '/run/events'],
  ['event', `/run/events/${GOLDEN.settled}`],
  ['plan', `/run/plans/${GOLDEN.plan}`],
  ['weak', `/run/plans/${GOLDEN.weakPlan}`],
  ['planning', `/run/plans/${GOLDEN.runningPlan}`],
  ['jobs', `/run/plans/${GOLDEN.plan}/jobs`],
  ['why', `/run/plans/${GOLDEN.plan}/jobs?job=${GOLDEN.job}`],
  ['rehearsal', `/run/plans/${GOLDEN.plan}/rehearsal?from=14:00&minutes=180&depth=25`],
  ['prove', '/prove'],
  ['serve', '/serve'],
  ['threat-flow', '/serve/threat'],
  ['threat-alert', `/serve/threat/alerts/${GOLDEN.alert}`],
  ['threat-incidents', '/serve/threat/incidents'],
  ['threat-incident', `/serve/threat/incidents/${GOLDEN.incident}`],
  ['threat-triage', `/serve/threat/triage?group=${GOLDEN.group}`],
  ['threat-risk', '/serve/threat/risk'],
  ['threat-rules', '/serve/threat/rules'],
  ['threat-coverage', '/serve/threat/rules/coverage'],
  ['threat-report', '/serve/threat/rules/report'],
  ['threat-rule', `/serve/threat/rules/${GOLDEN.rule}`],
  ['threat-quarantine', `/serve/threat/rules/${GOLDEN.stalling}`],
  ['threat-playbooks', '/serve/threat/playbooks'],
  ['threat-playbook', `/serve/threat/playbooks/${GOLDEN.playbook}`],
  ['threat-runs', '/serve/threat/runs'],
  ['threat-run', `/serve/threat/runs/${GOLDEN.run}`],
  ['threat-tickets', '/serve/threat/tickets'],
  ['threat-times', '/serve/threat/tickets/times'],
  ['threat-ticket', `/serve/threat/tickets/${GOLDEN.ticket}`],
  ['threat-webhooks', '/serve/threat/webhooks'],
  ['threat-audit', '/serve/threat/audit'],
  ['repeat', '/repeat'],
  ['lost', '/nowhere'],
]

const VIEWS = {
  'wide-zh-light': { viewport: { width: 1280, height: 900 }, locale: 'zh-CN', colorScheme: 'light' },
  'wide-en-dark': { viewport: { width: 1280, height: 900 }, locale: 'en-GB', colorScheme: 'dark' },
  'small-zh-dark': { viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'dark' },
  'small-en-light': { viewport: { width: 390, height: 844 }, locale: 'en-GB', colorScheme: 'light' },
} as const satisfies Record<string, BrowserContextOptions>

const MODEL = Buffer.from('{"w":[1]}')

const absent = existsSync(CHROMIUM) ? undefined : `SKIPPED: no browser at ${CHROMIUM}; set DENGTA_CHROMIUM`
if (absent) console.log(absent)

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

/** Opens pages in one tab and gathers what went wrong in it. */
async function openTab(options: BrowserContextOptions): Promise<{ page: Page; wrong: string[] }> {
  const page = await browser.newPage(options)
  const wrong: string[] = []
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('request', (request) => isOwn(request.url()) || wrong.push(request.url()))
  return { page, wrong }
}

const isOwn = (url: string): boolean => url.startsWith(house.address) || url.startsWith('data:')

async function go(page: Page, path: string): Promise<void> {
  await page.goto(house.address + path, { waitUntil: 'networkidle' })
  await page.waitForSelector('main h1')
}

test.skipIf(absent).each(Object.entries(VIEWS))('%s: every page is sound', async (view, options) => {
  const { page, wrong } = await openTab(options)
  const faults: Record<string, readonly string[]> = {}
  for (const [name, path] of PAGES) {
    await go(page, `${path}#token=sample`)
    const found = await page.evaluate(faultsOf)
    if (found.length > 0) faults[name] = found
    if (PICTURES) await picture(page, `${name}-${view}`)
  }
  expect(faults).toEqual({})
  expect(wrong).toEqual([])
  await page.context().close()
})

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES ?? '', { recursive: true })
  await page.screenshot({ path: join(PICTURES ?? '', `${name}.png`), fullPage: true })
}

test.skipIf(absent)('the check of a page finds what it looks for', async () => {
  const page = await browser.newPage(VIEWS['small-en-light'])
  await page.setContent(
    '<div id="root"><button></button><p style="color:#bbb;background:#fff;width:900px">pale and wide</p></div>',
  )
  const found = (await page.evaluate(faultsOf)).map((fault) => fault.split(':')[0])
  expect(found).toEqual([
    'not exactly one h1',
    'not exactly one main',
    'title',
    'wider than the screen',
    'no name',
    'pale',
  ])
  await page.context().close()
})

test.skipIf(absent)('a model is handed in with its name, form and file', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, `/benchmarks/${GOLDEN.benchmark}/submit#token=sample`)
  await page.getByLabel('榜单上的名称').fill('岭回归')
  await page.getByText('线性模型（JSON）').click()
  await page.getByLabel('选择文件').setInputFiles({ name: 'ridge.json', mimeType: 'application/json', buffer: MODEL })
  await page.getByText('ridge.json · 9 B').waitFor()
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  const request = await sent
  expect(decodeURIComponent(request.url())).toContain('/submissions?name=岭回归&form=linear')
  expect(await request.headerValue('authorization')).toBe('Bearer sample')
  await page.context().close()
})

test.skipIf(absent)('the keyboard alone skips to the content, changes the language and opens a page', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, '/')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to the content')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  expect(await focused()).toContain('Scenarios')
  await page.getByRole('button', { name: 'switch to Chinese' }).focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('h1').textContent()).toBe('项目总览')
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await page.reload({ waitUntil: 'networkidle' })
  expect(await page.locator('h1').textContent()).toBe('项目总览')
  await page.context().close()
})

test.skipIf(absent)('a token of the address signs in and leaves the address', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, '/participants#token=sample')
  expect(page.url()).toBe(`${house.address}/participants`)
  expect(await page.getByRole('button', { name: '签发令牌' }).count()).toBeGreaterThan(0)
  await page.context().close()
})

test.skipIf(absent)('a Gantt of 5,000 jobs is drawn well within a frame, also with every row in sight', async () => {
  const page = await browser.newPage({ ...VIEWS['wide-en-dark'], viewport: { width: 1280, height: 2_800 } })
  await page.addInitScript(timeFrames)
  await go(page, `/run/plans/${GOLDEN.manyJobs}/jobs#token=sample`)
  const near = await framesOf(page, 'Roomy')
  await page.addStyleTag({ content: ':root { --gantt-tall: 2200px }' })
  const all = await framesOf(page, 'Dense')
  console.log(JSON.stringify({ near, all }))
  expect(near.drawMs).toBeLessThan(16)
  expect(all.drawMs).toBeLessThan(16)
  await page.context().close()
})

test.skipIf(absent)('a job is found, walked to and explained by keyboard alone', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, `/run/plans/${GOLDEN.plan}/jobs#token=sample`)
  await page.getByRole('searchbox').fill(GOLDEN.job)
  await page.getByText('1 found').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('application').focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByText('Why at this power').waitFor()
  expect(new URL(page.url()).searchParams.get('job')).toBe(GOLDEN.job)
  await page.context().close()
})

test.skipIf(absent)('a grid event is rehearsed, and announced only after it was confirmed', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, `/run/plans/${GOLDEN.plan}/rehearsal#token=sample`)
  await page.getByRole('button', { name: '预演' }).click()
  await page.getByText('逐分钟结果').waitFor()
  expect(page.url()).toContain('depth=25')
  const slider = page.getByRole('slider', { name: '读取的分钟' })
  const before = await slider.getAttribute('aria-valuetext')
  await slider.focus()
  await page.keyboard.press('Home')
  expect(await slider.getAttribute('aria-valuetext')).not.toBe(before)
  await page.getByRole('button', { name: '发布该事件' }).click()
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/compute/events'),
  )
  await page.getByRole('button', { name: '发布', exact: true }).click()
  expect((await sent).postDataJSON()).toMatchObject({ plan: GOLDEN.plan, from: '14:00', minutes: 180, depth: 0.25 })
  await page.context().close()
})

/** Keeps how long each animation frame's work takes, and when it was, ms. */
function timeFrames(): void {
  const kept: { work: number[]; at: number[] } = { work: [], at: [] }
  const plain = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (act) =>
    plain((time) => {
      const began = performance.now()
      act(time)
      kept.work.push(performance.now() - began)
      kept.at.push(time)
    })
  Object.assign(window, { kept })
}

/** Zooms in and moves along the day for 120 frames: the 95th percentile of the work, and the median time between frames. */
async function framesOf(page: Page, rows: string): Promise<{ drawMs: number; betweenMs: number; frames: number }> {
  await page.getByText(rows, { exact: true }).click()
  return page.evaluate(async () => {
    const { kept } = window as unknown as { kept: { work: number[]; at: number[] } }
    const frame = document.querySelector('[role=application]')!
    const { left, top } = frame.getBoundingClientRect()
    kept.work.length = 0
    kept.at.length = 0
    for (let i = 0; i < 120; i += 1) {
      const deltaY = i % 40 < 20 ? -12 : 12
      frame.dispatchEvent(
        new WheelEvent('wheel', { ctrlKey: true, deltaY, clientX: left + 400, clientY: top + 200, bubbles: true }),
      )
      frame.dispatchEvent(new WheelEvent('wheel', { shiftKey: true, deltaY: 9, bubbles: true }))
      frame.scrollTop += 7
      await new Promise((next) => setTimeout(next, 16))
    }
    const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
    const between = sorted(kept.at.slice(1).map((time, i) => time - kept.at[i]!))
    const work = sorted(kept.work)
    return {
      drawMs: work[Math.floor(work.length * 0.95)]!,
      betweenMs: between[Math.floor(between.length / 2)]!,
      frames: work.length,
    }
  })
}

test.skipIf(absent)('a record is verified in the browser, and a wrong fingerprint is refused', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, `/records/${GOLDEN.record}`)
  await page.getByRole('button', { name: '在浏览器中核验' }).click()
  await page.getByText('全部核验通过').waitFor()
  if (PICTURES) await picture(page, 'verified')
  await page.getByLabel('您信任的日志密钥指纹').fill('00'.repeat(32))
  await page.getByRole('button', { name: '在浏览器中核验' }).click()
  await page.getByText('核验未通过').waitFor()
  await page.context().close()
})

test.skipIf(absent)('a small screen reaches every verb through the menu', async () => {
  const { page } = await openTab(VIEWS['small-zh-dark'])
  await go(page, '/')
  await page.getByRole('button', { name: '打开菜单' }).click()
  if (PICTURES) await picture(page, 'menu')
  await page.getByRole('link', { name: '验证' }).click()
  await page.getByRole('heading', { level: 1, name: '验证' }).waitFor()
  await page.context().close()
})

test.skipIf(absent)('a verdict given by key is called saved only once the server has it', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  let answer: (() => void) | undefined
  await page.route('**/threat/triage/groups/*/disposition', async (route) => {
    await new Promise<void>((go) => {
      answer = go
    })
    await route.fulfill({ status: 503, contentType: 'application/json', body: '{}' })
  })
  await go(page, `/serve/threat/triage#token=sample`)
  await page.keyboard.press('?')
  await page.getByText('Keys of the triage queue').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Keys of the triage queue').waitFor({ state: 'hidden' })
  await page.keyboard.press('c')
  await page.getByText('saving: benign').first().waitFor()
  expect(await page.getByText('saved: benign', { exact: true }).count()).toBe(0)
  answer?.()
  await page.getByText('NOT saved: benign').first().waitFor()
  expect(new URL(page.url()).search).toContain('group_1')
  await page.context().close()
})

test.skipIf(absent).each(Object.entries(VIEWS))('%s: a pasted event is explained', async (view, options) => {
  const { page, wrong } = await openTab(options)
  await go(page, `/serve/threat/rules/${GOLDEN.rule}#token=sample`)
  await page.getByRole('button', { name: /Take the latest alert|填入最新告警/ }).click()
  await page.locator('#explain-json').filter({ hasText: 'WINWORD.EXE' }).waitFor()
  await page.getByRole('button', { name: /Compare|比\s?对/ }).click()
  await page.getByText('selection and not filter_deployment').waitFor()
  if (PICTURES) await picture(page, `threat-explained-${view}`)
  await expect.poll(() => page.evaluate(faultsOf), { timeout: 5000 }).toEqual([])
  expect(wrong).toEqual([])
  await page.context().close()
})

test.skipIf(absent)('a quarantine is lifted from the page of the rule', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, `/serve/threat/rules/${GOLDEN.stalling}#token=sample`)
  await page.getByRole('button', { name: 'Evaluate it again' }).click()
  await page.getByText('The rule is evaluated again').waitFor()
  await page.context().close()
})

test.skipIf(absent)(
  'an incident is copied as text by one key; where the browser forbids it the text is shown',
  async () => {
    const { page } = await openTab({ ...VIEWS['wide-zh-light'], permissions: ['clipboard-read', 'clipboard-write'] })
    await go(page, `/serve/threat/incidents/${GOLDEN.incident}#token=sample`)
    await page.keyboard.press('y')
    await page.getByText('摘要已复制到剪贴板').waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/^\[\S+\] /)
    expect(text).toContain('地址：10[.]24[.]0[.]17, ')
    expect(text.split('\n').at(-1)).toBe(`${house.address}/serve/threat/incidents/${GOLDEN.incident}`)
    await page.evaluate(() =>
      Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject() }),
    )
    await page.getByRole('button', { name: '复制摘要' }).click()
    expect(await page.getByRole('textbox', { name: '浏览器不允许本页直接复制' }).inputValue()).toBe(text)
    await page.context().close()
  },
)

test.skipIf(absent)('ten thousand incidents are walked by keyboard with few rows in the page', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, '/serve/threat/incidents#token=sample')
  await page.getByRole('region', { name: '安全事件', exact: true }).focus()
  await page.keyboard.press('End')
  await page.locator('tr[aria-rowindex="10001"] a').first().waitFor()
  expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(80)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/incidents/incident_09999')
  await page.context().close()
})

test.skipIf(absent)('another filter is read from its top, and asks for no page of where one was before', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, '/serve/threat/incidents#token=sample')
  const frame = page.getByRole('region', { name: 'Incidents', exact: true })
  await frame.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
  await page.locator('tr[aria-rowindex="10001"] a').first().waitFor()
  const asked: (string | null)[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname.endsWith('/threat/incidents') && searchParams.has('text')) asked.push(searchParams.get('offset'))
  })
  await page.getByLabel('Search').fill('a')
  await page.waitForURL('**/incidents?text=a')
  await expect.poll(() => frame.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
  await page.waitForLoadState('networkidle')
  expect(asked).toEqual(['0'])
  await page.context().close()
})

test.skipIf(absent)('a phone shows the titles of incidents', async () => {
  const { page } = await openTab({ locale: 'zh-CN', viewport: { width: 390, height: 900 } })
  await go(page, '/serve/threat/incidents#token=sample')
  const title = await page.locator('tr[aria-rowindex="2"] a').first().boundingBox()
  expect(title?.width).toBeGreaterThan(100)
  await page.context().close()
})

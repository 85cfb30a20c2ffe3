import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchEnglish } from './support/english-left.ts'
import { type ServedHouse, serveHouse } from './support/served-house.ts'
import { replaySample, threatPagesOf } from './support/threat-pages.ts'

const CHROMIUM = process.env.DENGTA_CHROMIUM ?? '/usr/bin/chromium'
/** `UPDATE=1` renews the pictures of docs/screenshots, `UPDATE=plan,jobs` those of some pages. */
const PICTURES = process.env.UPDATE ? join(houseRoot(), 'docs', 'screenshots') : undefined
const isRenewed = (title: string): boolean =>
  process.env.UPDATE === '1' || (process.env.UPDATE ?? '').split(',').includes(title)
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const LOOKS = [
  {
    name: 'en-light-1280',
    locale: 'en-GB',
    colorScheme: 'light',
    width: 1280,
    sign: 'Nothing counts without a record',
  },
  { name: 'zh-light-1280', locale: 'zh-CN', colorScheme: 'light', width: 1280, sign: '没有凭证，一切不作数' },
  { name: 'zh-dark-390', locale: 'zh-CN', colorScheme: 'dark', width: 390, sign: '没有凭证，一切不作数' },
] as const

describe.skipIf(!existsSync(CHROMIUM))(`the console in a real browser (SKIPPED without ${CHROMIUM})`, () => {
  let home: string
  let house: ServedHouse
  let browser: Browser
  let pages: Record<string, string>
  let threatPages: Record<string, string>
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-console-'))
    house = await serveHouse({ home })
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    pages = { ...(await pagesOf(house)), ...(await computePagesOf(house, home)) }
    await replaySample(house.clientOf())
    threatPages = await threatPagesOf(house.clientOf())
    if (PICTURES) await mkdir(PICTURES, { recursive: true })
  })
  afterAll(async () => {
    await browser?.close()
    await house?.kill('SIGTERM')
    await rm(home, { recursive: true, force: true })
  })

  test.each(LOOKS)(
    'every page shows real records without a fault: $name',
    async ({ name, locale, colorScheme, width, sign }) => {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const faults = collectFaults(page)
      const english = watchEnglish(page)
      for (const [title, path] of Object.entries(pages)) {
        await page.goto(house.address + path, { waitUntil: 'networkidle' })
        await page.getByText(sign).waitFor()
        await page.locator('h1').first().waitFor()
        expect([title, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
          title,
          true,
        ])
        if (locale === 'zh-CN') expect([title, await english.left()]).toEqual([title, []])
        if (PICTURES && isRenewed(title))
          await page.screenshot({ path: join(PICTURES, `${title}-${name}.png`), fullPage: width > 400 })
      }
      await context.close()
      expect(faults).toEqual([])
    },
  )

  test.each(LOOKS)('threat response shows what the house answers, without a fault: $name', async (look) => {
    const { name, locale, colorScheme, width, sign } = look
    const { token } = await house.clientOf().issueToken('house')
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const faults = collectFaults(page)
    const english = watchEnglish(page)
    for (const [title, path] of Object.entries(threatPages)) {
      await page.goto(`${house.address}${path}#token=${token}`, { waitUntil: 'load' })
      await page.getByText(sign).waitFor()
      await page.locator('main [role=status]').first().waitFor({ state: 'detached' })
      expect(await page.locator('main [role=alert]').allTextContents()).toEqual([])
      expect([title, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([title, true])
      if (locale === 'zh-CN') expect([title, await english.left()]).toEqual([title, []])
      if (PICTURES && isRenewed(`threat-${title}`))
        await page.screenshot({ path: join(PICTURES, `threat-${title}-${name}.png`), fullPage: width > 400 })
    }
    await context.close()
    expect(faults).toEqual([])
  })

  test('English of the house in a Chinese page is found; names and titles that came as data are not', async () => {
    const page = await browser.newPage({ locale: 'zh-CN' })
    const english = watchEnglish(page)
    await page.goto(`${house.address}/scenarios/gas-turbine-nox`, { waitUntil: 'networkidle' })
    expect(await english.left()).toEqual([])
    await page.locator('h1').evaluate((heading) => {
      heading.textContent = '共 3 条 no such thing here'
      heading.insertAdjacentHTML('afterend', '<code>npx dengta threat demo</code>')
    })
    expect(await english.left()).toEqual(['no such thing here'])
    await page.close()
  })

  test('what a person does is in the audit trail at once, with its filters in the address', async () => {
    const client = house.clientOf()
    const { token } = await client.issueToken('house')
    const ticket = await client.openTicket({ title: 'asked by phone', severity: 'low' })
    const page = await browser.newPage({ locale: 'en-GB' })
    const faults = collectFaults(page)
    await page.goto(`${house.address}/serve/threat/audit?kind=ticket#token=${token}`)
    const row = page.locator('tbody tr', { hasText: 'asked by phone' })
    await row.getByText('in this trail only').waitFor()
    await row.getByRole('link').click()
    await page.waitForURL(`**/serve/threat/tickets/${ticket.id}`)
    await page.goto(`${house.address}/serve/threat/audit?kind=run`)
    await page.getByRole('button', { name: 'Proof' }).first().waitFor()
    await page.getByLabel('Person').fill('nobody')
    await page.getByText('No act fits').waitFor()
    expect(new URL(page.url()).searchParams.get('actor')).toBe('nobody')
    await page.close()
    expect(faults).toEqual([])
  })

  test('a record is verified by the browser itself', async () => {
    const page = await browser.newPage({ locale: 'en-GB' })
    const faults = collectFaults(page)
    await page.goto(`${house.address}${pages.record}`)
    await page.getByRole('button', { name: /verify/i }).click()
    await page
      .getByText(/every check passed|all checks passed|verified/i)
      .first()
      .waitFor()
    if (PICTURES && isRenewed('verified'))
      await page.screenshot({ path: join(PICTURES, 'verified-en-light-1280.png'), fullPage: true })
    await page.close()
    expect(faults).toEqual([])
  })

  test('a day that is wrong is refused with its line and field, and a right one is planned while one watches', async () => {
    const { token } = JSON.parse(await readFile(join(home, 'run', 'server.json'), 'utf8')) as { token: string }
    const page = await browser.newPage({ locale: 'en-GB' })
    const day = await readFile(join(houseRoot(), 'programme', 'compute-day.yaml'), 'utf8')
    await page.goto(`${house.address}/run#token=${token}`)
    await page.getByLabel('Where its figures come from').fill('by hand')
    const file = (content: string) => ({ name: 'day.yaml', mimeType: 'text/yaml', buffer: Buffer.from(content) })
    await page.locator('input[type=file]').setInputFiles(file(day.replace('reserveKw: 2', 'reserveKw: -2')))
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.getByText('a power of -2 is below zero').waitFor()
    expect(await page.getByRole('figure').locator('[data-wrong=true]').textContent()).toMatch(/^\d+\s*reserveKw: -2/)
    await page
      .locator('input[type=file]')
      .setInputFiles(file(day.replace(/^snapshot: .*$/m, 'snapshot: a day by hand')))
    await page.getByRole('button', { name: 'Upload' }).click()
    const card = page.locator('li', { has: page.getByRole('heading', { name: /a day by hand/ }) })
    await card.getByRole('button', { name: 'Plan this day' }).click()
    await card.getByText(/at most \d/).waitFor({ timeout: 90_000 })
    await card.getByRole('link', { name: 'Day-ahead plan' }).click()
    await page.getByText(/dengta plan check plan_/).waitFor()
    await page.close()
  })

  test('a developer signs in, hands in a model and sees its score', async () => {
    const { token } = await house.clientOf().issueToken('vendor-a')
    const model = join(home, 'mine.json')
    await writeFile(model, await readFile(join(houseRoot(), 'e2e', 'support', 'ridge-like.json')))
    const page = await browser.newPage({ locale: 'en-GB' })
    const faults = collectFaults(page)
    await page.goto(`${house.address}/benchmarks/nox-forward/submit#token=${token}`)
    await page.getByLabel(/name/i).first().fill('by hand')
    await page.locator('input[type=file]').setInputFiles(model)
    await page
      .getByRole('button', { name: /submit|hand in/i })
      .last()
      .click()
    await page
      .getByText(/scored/i)
      .first()
      .waitFor({ timeout: 20_000 })
    expect(new URL(page.url()).pathname).toMatch(/^\/submissions\/sub_/)
    expect(page.url()).not.toContain(token)
    await page.close()
    expect(faults).toEqual([])
  })
})

async function pagesOf(house: ServedHouse): Promise<Record<string, string>> {
  const board = await house.clientOf().getBoard('nox-forward')
  const best = board.rows[0]
  return {
    programme: '/',
    open: '/open',
    scenario: '/scenarios/gas-turbine-nox',
    benchmark: '/benchmarks/nox-forward',
    board: '/benchmarks/nox-forward/board',
    submit: '/benchmarks/nox-forward/submit',
    submission: `/submissions/${best?.submission}`,
    records: '/records',
    record: `/records/${best?.record}`,
    log: '/prove/log',
    prove: '/prove',
    serve: '/serve',
    repeat: '/repeat',
    participants: '/participants',
  }
}

/** Signed in as the operator from the first of them on: they stand last. */
async function computePagesOf(house: ServedHouse, home: string): Promise<Record<string, string>> {
  const { token } = JSON.parse(await readFile(join(home, 'run', 'server.json'), 'utf8')) as { token: string }
  const plan = (await house.clientOf().listPlans()).find(({ state }) => state === 'done')?.id ?? ''
  const { bars } = await house.clientOf().getPlanBars(plan)
  const waited = bars.job.findIndex((_, i) => bars.start[i]! > bars.release[i]!)
  return {
    public: '/run/public',
    run: `/run#token=${token}`,
    plan: `/run/plans/${plan}`,
    jobs: `/run/plans/${plan}/jobs?job=${bars.job[Math.max(0, waited)]}`,
    rehearsal: `/run/plans/${plan}/rehearsal?from=14:00&minutes=180&depth=25`,
    events: '/run/events',
    engines: '/run/engines',
  }
}

/** Everything that a browser complains of, such as a blocked script; a request that leaving a page ended is no fault. */
function collectFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`error ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && faults.push(`console ${message.text()}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') faults.push(`request ${request.url()} ${why}`)
  })
  return faults
}

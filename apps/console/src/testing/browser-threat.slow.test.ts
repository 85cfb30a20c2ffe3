import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, keepPicture, startBrowser, VIEWS } from './browser-tab.ts'
import { GOLDEN } from './golden-house.ts'
import { faultsOf } from './page-faults.ts'

const { address, openTab, go } = startBrowser()

/** The server answers a verdict only when told to, and then with a failure. */
async function holdVerdicts(page: Page): Promise<() => void> {
  let answer: (() => void) | undefined
  await page.route('**/threat/triage/groups/*/disposition', async (route) => {
    await new Promise<void>((go) => {
      answer = go
    })
    await route.fulfill({ status: 503, contentType: 'application/json', body: '{}' })
  })
  return () => answer?.()
}

browserTest('a verdict given by key is called saved only once the server has it', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  const fail = await holdVerdicts(page)
  await go(page, `/serve/threat/triage#token=sample`)
  await page.keyboard.press('?')
  await page.getByText('Keys of the triage queue').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Keys of the triage queue').waitFor({ state: 'hidden' })
  await page.keyboard.press('c')
  await page.getByText('saving: benign').first().waitFor()
  expect(await page.getByText('saved: benign', { exact: true }).count()).toBe(0)
  fail()
  await page.getByText('NOT saved: benign').first().waitFor()
  expect(new URL(page.url()).search).toContain('group_1')
  await page.context().close()
})

browserTest('a verdict that was not saved stays in sight under another filter, and is not left unasked', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await page.route('**/threat/triage/groups/*/disposition', (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: '{}' }),
  )
  await go(page, `/serve/threat/triage#token=sample`)
  await page.keyboard.press('c')
  await page.getByText('NOT saved: benign').first().waitFor()
  await page.getByLabel('Network').fill('plant')
  await page.waitForURL('**network=plant**')
  await page.waitForLoadState('networkidle')
  await page.getByText('1 verdict was NOT saved').waitFor()
  await page.getByRole('button', { name: 'Open the first of them' }).click()
  await page.getByRole('button', { name: 'Save again' }).waitFor()
  const asked = page.waitForEvent('dialog')
  const leaving = page.getByRole('link', { name: 'Incidents', exact: true }).click()
  const dialog = await asked
  expect(dialog.message()).toContain('NOT saved')
  await dialog.dismiss()
  await leaving
  expect(new URL(page.url()).pathname).toBe('/serve/threat/triage')
  await page.context().close()
})

browserTest('a verdict that fails after its page was left is told all the same', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  const fail = await holdVerdicts(page)
  await go(page, `/serve/threat/triage#token=sample`)
  await page.keyboard.press('c')
  await page.getByText('saving: benign').first().waitFor()
  await page.getByRole('link', { name: 'Incidents', exact: true }).click()
  await page.waitForURL('**/serve/threat/incidents')
  await page.waitForSelector('nav[aria-label="Queue"]', { state: 'detached' })
  fail()
  await page.getByText('What was still on its way when you left triage was NOT saved').waitFor()
  await page.context().close()
})

browserTest('a key that is held down judges one group; walking goes on', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  const judged: string[] = []
  await page.route('**/threat/triage/groups/*/disposition', (route) => {
    judged.push(route.request().url())
    return route.fulfill({ status: 503, contentType: 'application/json', body: '{}' })
  })
  await go(page, `/serve/threat/triage#token=sample`)
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.down('c')
  await page.keyboard.up('c')
  await page.getByText('NOT saved: benign').first().waitFor()
  expect(judged).toHaveLength(1)
  const first = new URL(page.url()).search
  for (let turn = 0; turn < 2; turn += 1) await page.keyboard.down('j')
  await page.keyboard.up('j')
  await expect.poll(() => new URL(page.url()).search).not.toBe(first)
  await page.context().close()
})

browserTest('what was pasted on the page of one rule does not stand on the page of the next', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  const to = async (rule: string) => {
    await page.evaluate((path) => history.pushState({}, '', path), `/serve/threat/rules/${rule}`)
    await page.locator('main code', { hasText: '.yml' }).first().waitFor()
  }
  await go(page, `/serve/threat/rules/${GOLDEN.stalling}#token=sample`)
  const other = await page.locator('h1').textContent()
  await to(GOLDEN.rule)
  await page.locator('h1', { hasNotText: other ?? '' }).waitFor()
  await page.locator('#explain-json').fill('{"of": "this rule"}')
  await to(GOLDEN.stalling)
  await page.locator('h1', { hasText: other ?? '' }).waitFor()
  expect(await page.locator('#explain-json').inputValue()).toBe('')
  await page.context().close()
})

browserTest('an answer to inputs that have changed since is not shown, and nothing can be started by it', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  let answer: (() => void) | undefined
  await page.route('**/dry-run', async (route) => {
    await new Promise<void>((go) => {
      answer = go
    })
    await route.continue()
  })
  await go(page, `/serve/threat/playbooks/${GOLDEN.playbook}#token=sample`)
  const inputs = page.locator('form input')
  for (const input of await inputs.all()) await input.fill('web-1')
  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect.poll(() => answer).toBeDefined()
  await inputs.first().fill('web-2')
  const answered = page.waitForResponse('**/dry-run')
  answer?.()
  await answered
  await page.waitForTimeout(300)
  expect(await page.getByRole('button', { name: 'Start for real' }).count()).toBe(0)
  await page.context().close()
})

browserTest('who comes back to triage gets a queue of now, not the one with groups judged since', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  let queues = 0
  page.on('request', (request) => {
    if (/triage\/queue\?.*limit=200/.test(request.url())) queues += 1
  })
  await go(page, `/serve/threat/triage#token=sample`)
  await page.keyboard.press('j')
  await page.waitForURL('**group=**')
  expect(queues).toBe(1)
  await page.keyboard.press('o')
  await page.waitForURL((url) => !url.pathname.endsWith('/triage'))
  await page.waitForSelector('nav[aria-label="Queue"]', { state: 'detached' }) // the next page may still be loading
  await page.goBack({ waitUntil: 'networkidle' })
  await page.waitForSelector('nav[aria-label="Queue"]')
  await expect.poll(() => queues, { timeout: 5000 }).toBe(2)
  await page.context().close()
})

browserTest.each(Object.entries(VIEWS))('%s: a pasted event is explained', async (view, options) => {
  const { page, wrong } = await openTab(options)
  await go(page, `/serve/threat/rules/${GOLDEN.rule}#token=sample`)
  await page.getByRole('button', { name: /Take the latest alert|填入最新告警/ }).click()
  await page.locator('#explain-json').filter({ hasText: 'WINWORD.EXE' }).waitFor()
  await page.getByRole('button', { name: /Compare|比\s?对/ }).click()
  await page.getByText('selection and not filter_deployment').waitFor()
  await keepPicture(page, `threat-explained-${view}`)
  await expect.poll(() => page.evaluate(faultsOf), { timeout: 5000 }).toEqual([])
  expect(wrong).toEqual([])
  await page.context().close()
})

browserTest('a quarantine is lifted from the page of the rule', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, `/serve/threat/rules/${GOLDEN.stalling}#token=sample`)
  await page.getByRole('button', { name: 'Evaluate it again' }).click()
  await page.getByText('The rule is evaluated again').waitFor()
  await page.context().close()
})

browserTest('an incident is copied as text by one key; where the browser forbids it the text is shown', async () => {
  const { page } = await openTab({ ...VIEWS['wide-zh-light'], permissions: ['clipboard-read', 'clipboard-write'] })
  await go(page, `/serve/threat/incidents/${GOLDEN.incident}#token=sample`)
  await page.keyboard.press('y')
  await page.getByText('摘要已复制到剪贴板').waitFor()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^\[\S+\] /)
  expect(text).toContain('地址：10[.]24[.]0[.]17, ')
  expect(text.split('\n').at(-1)).toBe(`${address()}/serve/threat/incidents/${GOLDEN.incident}`)
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject() }))
  await page.getByRole('button', { name: '复制摘要' }).click()
  expect(await page.getByRole('textbox', { name: '浏览器不允许本页直接复制' }).inputValue()).toBe(text)
  await page.context().close()
})

browserTest('ten thousand incidents are walked by keyboard with few rows in the page', async () => {
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

browserTest('another filter is read from its top, and asks for no page of where one was before', async () => {
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

browserTest('the text of a filter follows the address, and does not come back by itself', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await go(page, '/serve/threat/incidents?text=a#token=sample')
  expect(await page.getByLabel('Search').inputValue()).toBe('a')
  await page.getByRole('link', { name: 'Incidents', exact: true }).click()
  await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('')
  await page.waitForTimeout(600)
  expect(new URL(page.url()).search).toBe('')
  await page.context().close()
})

browserTest('a phone shows the titles of incidents', async () => {
  const { page } = await openTab({ locale: 'zh-CN', viewport: { width: 390, height: 900 } })
  await go(page, '/serve/threat/incidents#token=sample')
  const title = await page.locator('tr[aria-rowindex="2"] a').first().boundingBox()
  expect(title?.width).toBeGreaterThan(100)
  await page.context().close()
})

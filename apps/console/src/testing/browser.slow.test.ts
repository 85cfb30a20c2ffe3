import { expect } from 'vitest'
import { browserTest, keepPicture, startBrowser, VIEWS } from './browser-tab.ts'
import { GOLDEN } from './golden-house.ts'
import { PAGES } from './golden-pages.ts'
import { faultsOf } from './page-faults.ts'

const MODEL = Buffer.from('{"w":[1]}')

const { address, openTab, go } = startBrowser()

browserTest.each(Object.entries(VIEWS))('%s: every page is sound', async (view, options) => {
  const { page, wrong } = await openTab(options)
  const faults: Record<string, readonly string[]> = {}
  for (const [name, path] of PAGES) {
    await go(page, `${path}#token=sample`)
    const found = await page.evaluate(faultsOf)
    if (found.length > 0) faults[name] = found
    await keepPicture(page, `${name}-${view}`)
  }
  expect(faults).toEqual({})
  expect(wrong).toEqual([])
  await page.context().close()
})

browserTest('the check of a page finds what it looks for', async () => {
  const { page } = await openTab(VIEWS['small-en-light'])
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

browserTest('a model is handed in with its name, form and file', async () => {
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

browserTest('the keyboard alone skips to the content, changes the language and opens a page', async () => {
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

browserTest('a token of the address signs in and leaves the address', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, '/participants#token=sample')
  expect(page.url()).toBe(`${address()}/participants`)
  expect(await page.getByRole('button', { name: '签发令牌' }).count()).toBeGreaterThan(0)
  await page.context().close()
})

browserTest('a record is verified in the browser, and a wrong fingerprint is refused', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await go(page, `/records/${GOLDEN.record}`)
  await page.getByRole('button', { name: '在浏览器中核验' }).click()
  await page.getByText('全部核验通过').waitFor()
  await keepPicture(page, 'verified')
  await page.getByLabel('您信任的日志密钥指纹').fill('00'.repeat(32))
  await page.getByRole('button', { name: '在浏览器中核验' }).click()
  await page.getByText('核验未通过').waitFor()
  await page.context().close()
})

browserTest('a small screen reaches every verb through the menu', async () => {
  const { page } = await openTab(VIEWS['small-zh-dark'])
  await go(page, '/')
  await page.getByRole('button', { name: '打开菜单' }).click()
  await keepPicture(page, 'menu')
  await page.getByRole('link', { name: '验证' }).click()
  await page.getByRole('heading', { level: 1, name: '验证' }).waitFor()
  await page.context().close()
})

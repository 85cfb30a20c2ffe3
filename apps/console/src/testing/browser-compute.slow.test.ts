import type { FreeBoard, GridEventView } from '@dengta/sdk'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { browserTest, startBrowser, VIEWS } from './browser-tab.ts'
import { GOLDEN, GOLDEN_HOUSE } from './golden-house.ts'

const { openTab, go } = startBrowser()

browserTest('a Gantt of 5,000 jobs is drawn well within a frame, also with every row in sight', async () => {
  const { page } = await openTab({ ...VIEWS['wide-en-dark'], viewport: { width: 1280, height: 2_800 } })
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

browserTest('a job is found, walked to and explained by keyboard alone', async () => {
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

browserTest('every allowed site is chosen to begin with, also where the free hours come last', async () => {
  const { page } = await openTab(VIEWS['wide-en-dark'])
  await page.route('**/compute/free', async (route) => {
    await new Promise((later) => setTimeout(later, 800))
    await route.continue()
  })
  const me = { participant: 'vendor-a', name: 'Vendor A', roles: ['developer'] }
  await page.route('**/api/v1/me', (route) => route.fulfill({ json: me }))
  await go(page, '/run/public#token=sample')
  const sites = page.locator('#sites input[type=checkbox]')
  await sites.first().waitFor()
  const chosen = await sites.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked))
  expect(chosen.length).toBeGreaterThan(1)
  expect(chosen).not.toContain(false)
  await page.context().close()
})

browserTest(
  'a job that an address or the table asks about is brought into sight, and arrows walk on from it',
  async () => {
    const { page } = await openTab(VIEWS['wide-en-dark'])
    await go(page, `/run/plans/${GOLDEN.manyJobs}/jobs?job=job-4991#token=sample`)
    const chart = page.getByRole('application')
    const top = () => chart.evaluate((frame) => frame.scrollTop)
    await expect.poll(top).toBeGreaterThan(1_000)
    await page.getByRole('button', { name: 'job-0000' }).click()
    await expect.poll(top).toBeLessThan(40)
    await expect.poll(() => page.getByRole('heading', { name: 'job-0000' }).evaluate(isInSight)).toBe(true)
    await chart.focus()
    await page.keyboard.press('ArrowRight')
    expect(await chart.locator('[aria-live]').textContent()).toContain('job-0008')
    await page.context().close()
  },
)

browserTest('a grid event is rehearsed, and announced only after it was confirmed', async () => {
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

browserTest('an event is settled only after it was confirmed', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  await page.clock.setFixedTime(Date.parse((GOLDEN_HOUSE[`/compute/events/${GOLDEN.event}`] as GridEventView).to) + 1)
  const sent: string[] = []
  page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname))
  await go(page, `/run/events/${GOLDEN.event}#token=sample`)
  await page.getByLabel('下达功率').check()
  await page.getByRole('button', { name: '结算', exact: true }).click()
  await page.getByText('每个事件只能结算一次').waitFor()
  expect(sent).toEqual([])
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname.endsWith('/settlement/estimate'))
  await page.getByRole('tooltip').getByRole('button', { name: '结算', exact: true }).click()
  expect((await asked).method()).toBe('POST')
  await page.context().close()
})

browserTest('on a small screen the free hours begin with the one that is now', async () => {
  const { page } = await openTab(VIEWS['small-zh-dark'])
  const free = GOLDEN_HOUSE['/compute/free'] as FreeBoard
  await page.route('**/compute/free', (route) => route.fulfill({ json: { ...free, now: 81 } }))
  await go(page, '/run/public')
  const hour = page.getByRole('columnheader', { name: '20', exact: true })
  const { x } = (await hour.boundingBox())!
  const pool = (await page.getByRole('rowheader').nth(1).boundingBox())!
  expect(x).toBeGreaterThanOrEqual(pool.x + pool.width - 1)
  expect(x).toBeLessThan(pool.x + pool.width + 60)
  await page.context().close()
})

browserTest('who lacks a role is told which, calmly, and the house is not asked again and again', async () => {
  const { page } = await openTab(VIEWS['wide-zh-light'])
  const text = { en: 'this needs the role operator', zh: '此操作需要运营方' }
  const problem = { type: 'about:blank', title: 'no', status: 403, code: 'http.role_needed', text, details: {} }
  let asked = 0
  await page.route('**/compute/engine', (route) => {
    asked += 1
    return route.fulfill({ status: 403, json: problem })
  })
  await go(page, '/run/engines#token=sample')
  await page.getByText(text.zh).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.waitForTimeout(3_000)
  expect(asked).toBe(1)
  await page.context().close()
})

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

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

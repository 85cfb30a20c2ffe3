import { expect, test } from 'vitest'
import { GOLDEN } from './golden-house.ts'
import { renderPage } from './render-page.tsx'

const PAGES = [
  ['/', 'Predict NOx emissions of a gas turbine', '燃气轮机 NOx 排放软测量'],
  ['/open', 'simulated data', '模拟数据'],
  [`/scenarios/${GOLDEN.scenario}`, 'When the analyser fails', '当在线分析仪故障'],
  [`/benchmarks/${GOLDEN.benchmark}`, 'Hidden: 2013 to 2015', '隐藏 2013 至 2015 年'],
  [`/benchmarks/${GOLDEN.benchmark}/board`, 'Ridge with reference column', '逐年校准梯度提升'],
  [`/benchmarks/${GOLDEN.benchmark}/submit`, 'Sign in as a developer', '请以开发方身份登录'],
  [`/submissions/${GOLDEN.submission}`, 'start 3,000 processes', 'CPU seconds × 15 W'],
  [`/submissions/${GOLDEN.refused}`, 'uses the operator Loop', '不在允许清单内的 Loop 算子'],
  [`/submissions/${GOLDEN.running}`, 'This page follows by itself', '本页会自动更新'],
  ['/records', 'leak check', '泄漏检查'],
  [`/records/${GOLDEN.record}`, 'scored model', '上评测了模型'],
  ['/prove/log', 'the whole log', '见证方'],
  ['/participants', '示范燃机电厂', '所有方'],
  ['/run', 'embedded PostgreSQL', '内嵌 PostgreSQL'],
  ['/prove', 'Gas turbine NOx, years ahead', '向未来年份外推'],
  ['/serve', 'Nothing serves yet', '尚无服务中的模型'],
  ['/repeat', 'Gates across scenarios', '各场景的关口'],
  ['/nowhere', 'There is no such page', '没有这个页面'],
] as const

test.each(PAGES)('%s says what it is for, in both languages', async (address, en, zh) => {
  expect(await renderPage(address)).toContain(en)
  expect(await renderPage(address, { language: 'zh' })).toContain(zh)
})

test('an operator sees what only an operator may do', async () => {
  expect(await renderPage('/participants')).not.toContain('Issue a token')
  expect(await renderPage('/participants', { token: 't' })).toContain('Issue a token')
  expect(await renderPage(`/scenarios/${GOLDEN.scenario}`, { token: 't' })).toContain('Decide now')
})

test('a failure shows its text, its code and a way on', async () => {
  const html = await renderPage('/scenarios/gone', { language: 'zh' })
  expect(html).toContain('请返回总览')
  expect(html).toContain('house.not_found')
  expect(html).toContain('重试')
})

test('an answer that this console does not understand is told, not drawn half', async () => {
  const html = await renderPage('/prove/log', { answer: () => ({ status: 200, body: 'not what was asked for' }) })
  expect(html).toContain('client.unexpected_answer')
})

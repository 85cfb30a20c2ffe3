import { type ComputeJobList, computeJobState, type GridEventView, type PlanView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE, goldenAnswer } from './golden-house.ts'
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
  ['/run', 'Sign in to see days and plans', '登录后可查看排程日与计划'],
  ['/run/engines', 'embedded PostgreSQL', '内嵌 PostgreSQL'],
  ['/run/public', 'Cleanest hour to come', '后续最清洁且有空闲的时段'],
  ['/run/events', 'settled', '已结算'],
  [`/run/events/${GOLDEN.settled}`, 'What is paid', '结算金额'],
  [`/run/events/${GOLDEN.event}`, 'What was promised', '当时的承诺'],
  [`/run/plans/${GOLDEN.plan}`, `dengta plan check ${GOLDEN.plan}.json`, '任何计划不低于'],
  [`/run/plans/${GOLDEN.weakPlan}`, 'bound weak', '下界偏弱'],
  [`/run/plans/${GOLDEN.runningPlan}`, 'prices find their level', '价格正在收敛'],
  [`/run/plans/${GOLDEN.failedPlan}`, 'could not make this plan', '平台未能完成该计划'],
  [`/run/plans/${GOLDEN.plan}/jobs`, 'Chart of 150 jobs', '150 个作业'],
  [`/run/plans/${GOLDEN.plan}/jobs?job=${GOLDEN.job}`, 'Why at this power', '为何用此功率'],
  [`/run/plans/${GOLDEN.plan}/rehearsal`, 'What if the grid asks for less?', '如果电网要求降低用电'],
  ['/prove', 'Gas turbine NOx, years ahead', '向未来年份外推'],
  ['/serve', 'Nothing serves yet', '尚无服务中的模型'],
  ['/serve/threat', 'Events a second', '未关闭安全事件'],
  [`/serve/threat/alerts/${GOLDEN.alert}`, 'WINWORD.EXE', '命中字段'],
  ['/serve/threat/incidents', '10,000 incidents', '共 10,000 起安全事件'],
  ['/serve/threat/incidents?text=nothing', 'No incident fits', '没有符合条件的安全事件'],
  [`/serve/threat/incidents/${GOLDEN.incident}`, 'CORP\\svc-backup', '实体关系'],
  ['/serve/threat/triage', '23 waiting · 17 judged by you today', '模型可自行处理'],
  [`/serve/threat/triage?group=${GOLDEN.group}`, 'Similar past cases', '为什么需要人工'],
  ['/serve/threat/risk', 'Not proven: everything goes to people', '51 / 27,690'],
  ['/serve/threat/rules', '3,757 rules', '共 3,757 条规则'],
  ['/serve/threat/rules?order=noise', '211 / 216', '判为良性最多在前'],
  ['/serve/threat/rules/coverage', '168 of 239 techniques have a rule', '239 项技术中 168 项有规则'],
  ['/serve/threat/rules/report', 'did you mean contains?', '没有修饰符 containz'],
  [`/serve/threat/rules/${GOLDEN.rule}`, 'Detection Rule License (DRL) 1.1', '规则原文'],
  [`/serve/threat/rules/${GOLDEN.stalling}`, 'the slowest 212 ms', '7 次超过 20 毫秒'],
  ['/serve/threat/playbooks', 'Isolate a host', '负责人审批'],
  [`/serve/threat/playbooks/${GOLDEN.playbook}`, 'Is the host managed?', '主机是否受管？'],
  ['/serve/threat/runs', 'approval', '模拟器'],
  ['/serve/threat/actuators', 'OpenC2 over HTTP', '真实命令'],
  [`/serve/threat/runs/${GOLDEN.run}`, 'Exactly this is sent once approved', '须由申请人以外的人审批'],
  ['/serve/threat/tickets', 'DNS tunnelling from web-02', '处理中'],
  ['/serve/threat/tickets/times', 'Modelled minutes are never added', '交接班报告'],
  [`/serve/threat/tickets/${GOLDEN.ticket}`, '41 s after the event', '事件发生后 41 秒'],
  ['/serve/threat/webhooks', 'siem.example', '死信'],
  ['/serve/threat/audit', 'confirmed as an attack', '仅存于本审计'],
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
  expect(await renderPage('/run/public', { token: 't', language: 'zh' })).toContain('授予公共算力')
})

test('days, plans and quotas are for those who take part; some acts are for the operator', async () => {
  const run = await renderPage('/run', { token: 't' })
  for (const said of ['four-site sample day', 'at most 1.81%', 'bound weak', 'prices find their level', 'Upload a day'])
    expect(run).toContain(said)
  expect(await renderPage(`/run/plans/${GOLDEN.plan}`)).not.toContain('Download the plan file</span>')
  expect(await renderPage(`/run/plans/${GOLDEN.plan}`, { token: 't' })).toContain('Download the plan file')
  expect(await renderPage('/run/public')).toContain('Sign in to ask for compute')
  expect(await renderPage('/run/public', { token: 't' })).toContain('Fair share 50%')
  expect(await renderPage(`/run/events/${GOLDEN.settled}`)).toContain('Save the minutes as CSV')
  expect(await renderPage(`/run/events/${GOLDEN.settled}`)).not.toContain('Within the limits after')
})

test('how soon the house complied, whom it shrank, and the days of the baseline stand with the settlement', async () => {
  const path = `/compute/events/${GOLDEN.settled}`
  const event = GOLDEN_HOUSE[path] as GridEventView
  const controlled = { complianceSeconds: 3.5, shrunk: { jobs: 2, chipsFreed: 12 } }
  const settlement = { ...event.settlement, ...controlled, baselineDays: ['2026-11-19', '2026-11-20'] }
  const answer = (url: string) =>
    url.endsWith(path) ? { status: 200, body: JSON.stringify({ ...event, settlement }) } : goldenAnswer(url)
  const html = await renderPage(`/run/events/${GOLDEN.settled}`, { answer, language: 'zh' })
  for (const said of ['降至限额用时', '3.5 秒', '2 个作业，释放 12 片芯片', '基线所取日期', '2026-11-19, 2026-11-20'])
    expect(html).toContain(said)
})

test('an event that loses more work than it lasts says what is lost, not that work goes on below zero', async () => {
  const path = `/compute/events/${GOLDEN.event}`
  const event = GOLDEN_HOUSE[path] as GridEventView
  const promise = { ...event.promise, weighted: -0.1, bound: 0.725 }
  const answer = (url: string) =>
    url.endsWith(path) ? { status: 200, body: JSON.stringify({ ...event, promise }) } : goldenAnswer(url)
  const html = await renderPage(`/run/events/${GOLDEN.event}`, { answer })
  for (const said of ['Work lost', '110% · at least 27.5% had to be']) expect(html).toContain(said)
  for (const wrong of ['−10%', 'Work goes on']) expect(html).not.toContain(wrong)
})

test('power that the house ordered is not called metered, and nothing to pay has no sign', async () => {
  const path = `/compute/events/${GOLDEN.settled}`
  const event = GOLDEN_HOUSE[path] as GridEventView
  const payment = { energyYuan: 0, availabilityYuan: 0, shortfallYuan: 0, totalYuan: 0 }
  const zeros = Array(event.settlement!.columns.drawnKw.length).fill(0)
  const columns = { ...event.settlement!.columns, baselineKw: zeros, drawnKw: zeros, targetKw: zeros }
  const settlement = { ...event.settlement, source: 'estimate', payment, columns }
  const answer = (url: string) =>
    url.endsWith(path) ? { status: 200, body: JSON.stringify({ ...event, settlement }) } : goldenAnswer(url)
  const html = await renderPage(`/run/events/${GOLDEN.settled}`, { answer })
  expect(html).toContain('ordered 0 kW')
  for (const wrong of ['metered', '−0.00', '&lt;0.001 kW']) expect(html).not.toContain(wrong)
})

test('the engine stands on its page for those who take part', async () => {
  expect(await renderPage('/run/engines')).toContain('Sign in to see the engine')
  const page = await renderPage('/run/engines', { token: 't', language: 'zh' })
  for (const said of ['超限', '4.2 kW', '3.9 kW', '最近应答', '未及时应答', '芯片过多', '其他参与方的作业'])
    expect(page).toContain(said)
})

test('jobs that have ended stay on the board of the day, with their usage record', async () => {
  const page = await renderPage(`/run/plans/${GOLDEN.plan}`, { token: 't' })
  expect(page).toContain('夜间微调 · lab')
  expect(page).toContain(`href="/records/${GOLDEN.record}"`)
})

test('jobs that nobody can serve are whole jobs', async () => {
  const path = `/compute/plans/${GOLDEN.plan}`
  const plan = GOLDEN_HOUSE[path] as PlanView
  const answer = (jobsBound: number) => (url: string) => {
    const result = { ...plan.result, unserved: 9, service: { valueBound: 0, jobsBound } }
    return url.endsWith(path) ? { status: 200, body: JSON.stringify({ ...plan, result }) } : goldenAnswer(url)
  }
  const said = (jobsBound: number) => renderPage(`/run/plans/${GOLDEN.plan}`, { answer: answer(jobsBound) })
  expect(await said(5.152)).toContain('9 not served; no plan leaves out fewer than 6')
  expect(await said(5 + 1e-9)).toContain('9 not served; no plan leaves out fewer than 5')
})

test('a job can be cancelled until it has ended, also while it runs', async () => {
  const [job] = (GOLDEN_HOUSE['/compute/jobs'] as ComputeJobList).jobs
  const states = computeJobState.options
  const jobs = states.map((state) => ({ ...job!, id: `job_${state}`, name: `${state}-job`, state }))
  const answer = (url: string) =>
    url.endsWith('/compute/jobs') ? { status: 200, body: JSON.stringify({ jobs }) } : goldenAnswer(url)
  const html = await renderPage('/run/public', { token: 't', answer })
  expect(states.filter((state) => html.includes(`aria-label="Cancel ${state}-job"`))).toEqual([
    'waiting',
    'placed',
    'running',
  ])
})

test.each([
  [401, 'auth.missing', 'Sign in'],
  [403, 'auth.forbidden', 'auth.forbidden'],
])('an answer with %d is told with its code and a way on', async (status, code, way) => {
  const text = { en: 'you may not see this; ask the operator', zh: '您无权查看；请联系运营方' }
  const problem = { type: 'about:blank', title: 'no', status, code, text, details: {} }
  const answer = () => ({ status, body: JSON.stringify(problem) })
  for (const page of ['/run/events', `/run/plans/${GOLDEN.plan}`, '/run/public']) {
    const html = await renderPage(page, { answer })
    expect(html).toContain('you may not see this')
    expect(html).toContain(way)
  }
})

test('empty compute pages say what fills them', async () => {
  const nothing: Record<string, unknown> = {
    '/compute/days': { days: [] },
    '/compute/plans': { plans: [] },
    '/compute/events': { events: [] },
    '/compute/quotas': { quotas: [] },
    '/compute/jobs': { jobs: [] },
    '/compute/free': { slotMinutes: 15, slots: 0, now: -1, pools: [], sites: [] },
  }
  const answer = (url: string) => {
    const empty = nothing[new URL(url, 'http://golden.house').pathname.replace('/api/v1', '')]
    return empty ? { status: 200, body: JSON.stringify(empty) } : goldenAnswer(url)
  }
  expect(await renderPage('/run', { token: 't', answer })).toContain('No day yet')
  expect(await renderPage('/run/events', { answer })).toContain('No event yet')
  const open = await renderPage('/run/public', { token: 't', answer })
  for (const said of ['No day is planned', 'No quota has been granted', 'No job yet']) expect(open).toContain(said)
})

test('threat response is read by who signs in and judged by an operator only', async () => {
  expect(await renderPage('/serve/threat/triage')).toContain('Judging needs an operator token')
  expect(await renderPage('/serve/threat/triage', { token: 't' })).not.toContain('Judging needs an operator token')
  expect(await renderPage(`/serve/threat/runs/${GOLDEN.run}`, { token: 't' })).toContain('Approve exactly this')
  expect(await renderPage(`/serve/threat/runs/${GOLDEN.run}`)).toContain('title="isolate">Isolate through the agent')
})

test('a ticket is opened by hand by an operator only', async () => {
  expect(await renderPage('/serve/threat/tickets')).not.toContain('Open a ticket')
  expect(await renderPage('/serve/threat/tickets', { token: 't', language: 'zh' })).toContain('新建工单')
})

test('where commands go is chosen, and a replay run, by an operator only', async () => {
  expect(await renderPage('/serve/threat/actuators')).toContain('Only an owner, or the operator of this machine')
  expect(await renderPage('/serve/threat/actuators', { token: 't' })).toContain('Use this target')
  expect(await renderPage('/serve/threat')).not.toContain('Replay a labelled log')
  const flow = await renderPage('/serve/threat', { token: 't' })
  for (const said of ['Replay a labelled log', 'grouping and deciding on alerts', 'Stop']) expect(flow).toContain(said)
})

test('what time has closed says so, in the head and beside the records', async () => {
  const path = `/threat/incidents/${GOLDEN.incident}`
  const body = JSON.stringify({ ...(GOLDEN_HOUSE[path] as object), state: 'closed' })
  const answer = (url: string) => (url.endsWith(path) ? { status: 200, body } : goldenAnswer(url))
  const page = await renderPage(`/serve/threat/incidents/${GOLDEN.incident}`, { answer, token: 't' })
  expect(page).toContain('closed by time, no person’s word')
  expect(page).toContain('Closed by time, no person’s word: nothing more joined it')
  expect(page).toContain('Say what it was')
  expect(page).not.toContain('this one is not closed')
})

test('a closed incident is opened again by an operator only', async () => {
  const path = `/threat/incidents/${GOLDEN.incident}`
  const closed = {
    ...(GOLDEN_HOUSE[path] as object),
    state: 'closed',
    verdict: 'benign',
    record: `rec_${'a'.repeat(26)}`,
  }
  const body = JSON.stringify(closed)
  const answer = (url: string) => (url.endsWith(path) ? { status: 200, body } : goldenAnswer(url))
  const page = `/serve/threat/incidents/${GOLDEN.incident}`
  expect(await renderPage(page, { answer, token: 't' })).toContain('Open the incident again')
  expect(await renderPage(page, { answer, token: 't', language: 'zh' })).toContain('重新打开安全事件')
  expect(await renderPage(page, { answer })).not.toContain('Open the incident again')
  expect(await renderPage(page, { token: 't' })).not.toContain('Open the incident again')
})

test('tags that the matrix lacks are listed', async () => {
  const page = await renderPage('/serve/threat/rules/coverage')
  for (const said of ['Not in this matrix', 'T1685.001']) expect(page).toContain(said)
})

test('a quarantine is lifted by an operator only', async () => {
  const page = `/serve/threat/rules/${GOLDEN.stalling}`
  expect(await renderPage(page)).not.toContain('Evaluate it again')
  expect(await renderPage(page)).toContain('An operator can have it evaluated again')
  expect(await renderPage(page, { token: 't' })).toContain('Evaluate it again')
})

test('a flow that is not connected says why and how to start', async () => {
  const flow = GOLDEN_HOUSE['/threat/flow'] as object
  const off = JSON.stringify({ ...flow, state: 'off', text: { en: 'no listener is open', zh: '没有打开的监听端口' } })
  const answer = (url: string) => (url.includes('/threat/flow') ? { status: 200, body: off } : goldenAnswer(url))
  const html = await renderPage('/serve/threat', { answer })
  expect(html).toContain('no listener is open')
  expect(html).toContain('npx dengta threat demo')
})

test('a failure shows its text, its code and a way on', async () => {
  const html = await renderPage('/scenarios/gone', { language: 'zh' })
  expect(html).toContain('请返回总览')
  expect(html).toContain('house.not_found')
  expect(html).toContain('重试')
})

test('who is not signed in is asked to, without a failure', async () => {
  const text = { en: 'this call needs a token', zh: '此操作需要令牌' }
  const problem = { type: 'about:blank', title: 'no', status: 401, code: 'http.missing_token', text, details: {} }
  const html = await renderPage('/serve/threat/incidents', {
    answer: () => ({ status: 401, body: JSON.stringify(problem) }),
    language: 'zh',
  })
  expect(html).toContain('登录后可查看')
  for (const said of ['此操作需要令牌', 'HTTP 401', 'role="alert"']) expect(html).not.toContain(said)
})

test('an answer that can no longer be asked for stays, with the failure and its age above it', async () => {
  const down = {
    status: 0,
    code: 'client.unreachable',
    text: { en: 'the server does not answer', zh: '无法连接服务器' },
  }
  const problem = {
    status: 503,
    body: JSON.stringify({ ...down, status: 503, type: 'about:blank', title: 'no', details: {} }),
  }
  const asked = new Set<string>()
  const answer = (url: string) => {
    if (asked.has(url)) return problem
    asked.add(url)
    return goldenAnswer(url)
  }
  const html = await renderPage('/serve/threat', { answer, language: 'zh' })
  for (const said of ['未关闭安全事件', '无法连接服务器', '可能已不是最新']) expect(html).toContain(said)
})

test('an answer that this console does not understand is told, not drawn half', async () => {
  const html = await renderPage('/prove/log', { answer: () => ({ status: 200, body: 'not what was asked for' }) })
  expect(html).toContain('client.unexpected_answer')
})

import { expect, test, vi } from 'vitest'
import { actionTo, asPlaybook, idOf, playbookOf, straight } from '../playbook/playbook.fixture.ts'
import { HOUSE_EXTENSION } from '../playbook/playbook-names.ts'
import type { Adapter } from './adapter.ts'
import { ann, bench, bob, house, lea, libraryOf, request } from './engine.fixture.ts'
import { responseEngine } from './response-engine.ts'
import { responseFacts } from './response-facts.ts'
import type { Run } from './run.ts'

const digestOf = (run: Run): string => run.work?.digest ?? ''
/** An OpenC2 command about the host of the bench. */
const ask = (action: string) => ({
  ...{ type: 'openc2-http', command: 'POST / HTTP/1.1' },
  content_b64: btoa(JSON.stringify({ action, target: { device: { hostname: 'web-01' } } })),
})

test('isolates a host with the consent of a lead, checks it, and takes it back', async () => {
  const { engine, world, acted, parts } = bench()
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  expect([asked.status, asked.asks, acted]).toEqual(['waiting', 'approval', []])
  const refused = await engine.approve(asked.id, ann, digestOf(asked))
  expect(refused.decision).toMatchObject({
    ok: false,
    reasons: [{ code: 'threat_respond.requester' }, { code: 'threat_respond.level' }],
  })
  const { run } = await engine.approve(asked.id, lea, digestOf(asked))
  expect([run.status, world.hosts.get('web-01')?.contained]).toEqual(['succeeded', true])
  const undone = await engine.undo(run.id, ann)
  expect([undone.status, world.hosts.get('web-01')?.contained, acted]).toEqual(['undone', false, ['contain', 'allow']])
  const facts = responseFacts(undone, await parts.runs.journal(run.id))
  expect(facts.map(({ event, result, phase, approvers }) => [event, result, phase, ...approvers])).toEqual([
    ['refusal', 'approval-refused', 'do'],
    ['consent', 'approved', 'do', 'lea'],
    ['command', 'succeeded', 'do', 'lea'],
    ['check', 'succeeded', 'do', 'lea'],
    ['end', 'step-succeeded', 'do', 'lea'],
    ['command', 'succeeded', 'undo', 'lea'],
    ['check', 'succeeded', 'undo', 'lea'],
    ['end', 'undone', 'undo', 'lea'],
  ])
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length)
  expect(facts.filter(({ event }) => event === 'command')[0]?.inputs).toMatch(/^[0-9a-f]{64}$/)
})

test('two people must agree to disable an account, a lead among them, neither the one who asked', async () => {
  const { engine, world } = bench()
  const asked = await engine.start(request('disable-account', { __account__: 'eve' }))
  const first = await engine.approve(asked.id, bob, digestOf(asked))
  expect([first.decision.ok, first.run.status]).toEqual([true, 'waiting'])
  expect((await engine.approve(asked.id, bob, digestOf(asked))).decision.ok).toBe(false)
  expect((await engine.approve(asked.id, { id: 'cat', level: 'analyst' }, digestOf(asked))).decision).toMatchObject({
    reasons: [{ code: 'threat_respond.no_lead' }],
  })
  expect((await engine.approve(asked.id, ann, digestOf(asked))).decision.ok).toBe(false)
  expect((await engine.approve(asked.id, lea, digestOf(asked))).run.status).toBe('succeeded')
  expect(world.accounts.get('eve')?.enabled).toBe(false)
  await expect(engine.undo(asked.id, ann)).rejects.toMatchObject({ code: 'threat_respond.not_allowed' })
  expect((await engine.undo(asked.id, lea)).status).toBe('undone')
  expect(world.accounts.get('eve')?.enabled).toBe(true)
})

test.each(['203.0.113.9', '2001:db8::9'])(
  'blocks %s by its own kind of rule and deletes that rule again',
  async (address) => {
    const { engine, world, acted } = bench()
    world.made = 41
    const asked = await engine.start(request('block-address', { __address__: address }))
    const { run } = await engine.approve(asked.id, ann, digestOf(asked))
    expect([run.status, world.blocked.get(address)]).toEqual(['succeeded', 42])
    expect(run.levels[0]).toMatchObject({ values: { __rule_number__: '42' } })
    await engine.undo(run.id, ann)
    expect([world.blocked.size, acted]).toEqual([0, ['deny', 'delete']])
  },
)

test('collects evidence without asking and can delete it', async () => {
  const { engine, world } = bench()
  const run = await engine.start(request('collect-evidence', { __host__: 'web-01' }))
  expect([run.status, world.artifacts.size]).toEqual(['succeeded', 1])
  expect((await engine.undo(run.id, lea)).status).toBe('undone')
  expect(world.artifacts.size).toBe(0)
})

test.each([{}, { __host__: '' }])('without an input that it needs nothing starts: %j', async (inputs) => {
  const saved: string[] = []
  const { engine, parts } = bench({ onSave: ({ id }) => saved.push(id) })
  const refused = engine.start(request('isolate-host', inputs))
  await expect(refused).rejects.toMatchObject({
    kind: 'invalid',
    code: 'threat_playbook.missing_input',
    text: { en: expect.stringContaining('__host__ (string)'), zh: expect.stringContaining('缺少输入 __host__') },
  })
  expect([saved, await parts.runs.find('run_1')]).toEqual([[], undefined])
})

test('what was approved is what is sent; a lie about it is refused', async () => {
  const { engine } = bench()
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  await expect(engine.approve(asked.id, lea, 'f'.repeat(64))).rejects.toMatchObject({
    code: 'threat_respond.plan_changed',
  })
  expect((await engine.refuse(asked.id, lea, 'wrong host')).status).toBe('cancelled')
  await expect(engine.approve(asked.id, lea, digestOf(asked))).rejects.toMatchObject({
    code: 'threat_respond.not_waiting',
  })
})

test('a step whose check says no has failed, and can still be undone', async () => {
  const { engine, acted } = bench({ intercept: ({ action }) => (action === 'contain' ? { status: 200 } : undefined) })
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  const { run } = await engine.approve(asked.id, lea, digestOf(asked))
  expect([run.status, acted]).toEqual(['failed', []])
  expect(run.failure).toEqual({
    en: expect.stringContaining("__containment__:value = 'isolated': false"),
    zh: expect.stringContaining("__containment__:value = 'isolated'：不成立"),
  })
  expect((await engine.undo(run.id, lea)).status).toBe('undone')
})

test('a refused idempotent command is repeated twice, then the run fails', async () => {
  let asked = 0
  const { engine } = bench({
    intercept: ({ action }) => {
      if (action !== 'contain') return undefined
      asked += 1
      return { status: 404, status_text: 'no host' }
    },
  })
  const run = await engine.start(request('isolate-host', { __host__: 'web-02' }))
  expect((await engine.approve(run.id, lea, digestOf(run))).run).toMatchObject({ status: 'failed', done: [] })
  expect(asked).toBe(3)
})

test('half a character, which nothing can sign or send, starts no run and is no answer', async () => {
  const half = '\ud800'
  const saved: string[] = []
  const { engine } = bench({ onSave: ({ id }) => saved.push(id) })
  await expect(engine.start(request('isolate-host', { __host__: `web${half}` }))).rejects.toMatchObject({
    code: 'threat_playbook.wrong_value',
  })
  expect(saved).toEqual([])
  const outputs = { artifact_id: half, artifact_sha256: 'f'.repeat(64) }
  const hostile: Adapter = {
    types: ['openc2-http'],
    prepare: ({ agent, timeoutMs }) => ({ type: 'openc2-http', place: agent.name, request: {}, timeoutMs }),
    send: async () => ({ outcome: 'succeeded', detail: '', outputs }),
  }
  const answered = bench({ adapters: [hostile] }).engine
  const run = await answered.start(request('collect-evidence', { __host__: 'web-01' }))
  expect(run).toMatchObject({
    status: 'failed',
    failure: { en: expect.stringContaining('__artifact_id__ is no string') },
  })
})

test.each(['/w==', 'e31='])('a command whose base64 %s is no text ends the run in words', async (content_b64) => {
  const document = straight({ commands: [{ type: 'openc2-http', command: 'POST / HTTP/1.1', content_b64 }] })
  const { engine } = bench({ library: libraryOf(asPlaybook(document)) })
  const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run).toMatchObject({ status: 'failed', failure: { zh: expect.stringContaining('不是 UTF-8 文本') } })
})

class Crash extends Error {}

test.each(['before the command', 'after the command'])(
  'killed %s at every save, no command is sent twice',
  async (moment) => {
    for (let saves = 1; saves < 9; saves += 1) {
      let left = saves
      const die = () => {
        left -= 1
        if (left === 0) throw new Crash()
      }
      const { engine, acted, another, world, parts } = bench({
        onSave: die,
        ...(moment === 'after the command' ? { afterwards: ({ action }) => action === 'deny' && die() } : {}),
      })
      const inputs = request('block-address', { __address__: '203.0.113.9' })
      const crashed = await engine
        .start(inputs)
        .then(async (run) => {
          await engine.approve(run.id, lea, digestOf(run))
        })
        .catch((cause: unknown) => cause)
      const id = (await parts.runs.find('run_1'))?.id
      if (crashed instanceof Crash && id) {
        const later = another()
        let run = await later.resume(id)
        if (run.asks === 'approval') run = (await later.approve(id, lea, digestOf(run))).run
        expect(run.status).toBe('succeeded')
      } else expect(crashed).toBeUndefined()
      expect(acted.filter((action) => action === 'deny')).toEqual(['deny'])
      expect(world.blocked.size).toBe(1)
    }
  },
)

test('killed at every save of an undoing, no compensation is sent twice', async () => {
  for (let saves = 1; saves < 7; saves += 1) {
    let left = Number.POSITIVE_INFINITY
    const { engine, acted, another, world } = bench({
      onSave: () => {
        left -= 1
        if (left === 0) throw new Crash()
      },
    })
    const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
    await engine.approve(asked.id, lea, digestOf(asked))
    left = saves
    const outcome = await engine.undo(asked.id, ann).catch((cause: unknown) => cause)
    const run = outcome instanceof Crash ? await another().resume(asked.id) : (outcome as Run)
    expect([run.status, world.hosts.get('web-01')?.contained]).toEqual(['undone', false])
    expect(acted).toEqual(['contain', 'allow'])
  }
})

test('a command that had failed when the worker died is not sent again, nor one that a person calls failed', async () => {
  const silent = straight({ commands: [ask('contain')], step_extensions: { [HOUSE_EXTENSION]: { approval: 'none' } } })
  for (const status of [404, 500] as const) {
    let asked = 0
    let dies = false
    const made = bench({
      library: libraryOf(asPlaybook(silent)),
      intercept: () => ({ status: asked++ < 9 ? status : 200 }),
      onSave: (run) => {
        if (dies && (run.work?.attempt ?? 0) > 1) throw new Crash()
      },
    })
    const { engine } = made
    const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
    dies = true
    const { run: uncertain } = status === 500 ? await engine.approve(run.id, lea, digestOf(run)) : { run: undefined }
    const failing = uncertain
      ? engine.report(run.id, ann, { ok: false, detail: 'not isolated' })
      : engine.approve(run.id, lea, digestOf(run))
    await expect(failing).rejects.toThrow(Crash)
    dies = false
    expect(await made.another().resume(run.id)).toMatchObject({
      status: 'failed',
      failure: { zh: expect.stringContaining('上一执行进程停止时已告失败') },
    })
    expect(asked).toBe(1)
  }
})

test('a run whose playbook is gone ends, and what it did can still be undone', async () => {
  const library = [...house.values()]
  const { engine, world } = bench({ library: { find: (...wanted) => libraryOf(...library).find(...wanted) } })
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  const other = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  await engine.approve(other.id, lea, digestOf(other))
  library.length = 0
  const { run } = await engine.approve(asked.id, lea, digestOf(asked))
  expect(run).toMatchObject({ status: 'failed', failure: { en: expect.stringContaining('import it first') } })
  await expect(engine.undo(run.id, lea)).rejects.toMatchObject({ code: 'threat_respond.nothing_to_undo' })
  expect((await engine.undo(other.id, lea)).status).toBe('undone')
  expect(world.hosts.get('web-01')?.contained).toBe(false)
})

test('a run that did nothing which can be undone is not called undone', async () => {
  const { engine } = bench({ library: libraryOf(asPlaybook(straight({ commands: [ask('query')] }))) })
  const asked = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  const { run } = await engine.approve(asked.id, lea, digestOf(asked))
  expect(run.status).toBe('succeeded')
  await expect(engine.undo(run.id, lea)).rejects.toMatchObject({ code: 'threat_respond.nothing_to_undo' })
})

test('another worker leaves a run alone while its command may be under way', async () => {
  const { engine, parts } = bench({
    afterwards: () => {
      throw new Crash()
    },
  })
  await expect(engine.start(request('collect-evidence', { __host__: 'web-01' }))).rejects.toThrow(Crash)
  const other = responseEngine({ ...parts, holder: 'worker-3' })
  await expect(other.resume('run_1')).rejects.toMatchObject({ code: 'threat_respond.busy' })
})

test('a run that this process is at work on is not resumed beside it: its command goes out once', async () => {
  let sent = 0
  let answer = () => {}
  const slow: Adapter = {
    types: ['openc2-http'],
    prepare: ({ agent, timeoutMs }) => ({ type: 'openc2-http', place: agent.name, request: { sent }, timeoutMs }),
    send: async () => {
      sent += 1
      if (sent === 1) await new Promise<void>((done) => (answer = done))
      return { outcome: 'succeeded', detail: '', outputs: { artifact_id: 'a', artifact_sha256: 'f'.repeat(64) } }
    },
  }
  const { engine } = bench({ adapters: [slow] })
  const started = engine.start(request('collect-evidence', { __host__: 'web-01' }))
  await vi.waitFor(() => expect(sent).toBe(1))
  await expect(engine.resume('run_1')).rejects.toMatchObject({ code: 'threat_respond.busy' })
  answer()
  expect([(await started).status, sent]).toEqual(['succeeded', 2])
  expect((await engine.resume('run_1')).status).toBe('succeeded')
})

test('where nothing can tell whether a command took effect, a person is asked', async () => {
  const lost = straight({
    commands: [
      {
        type: 'openc2-http',
        command: 'POST / HTTP/1.1',
        content_b64: btoa('{"action":"contain","target":{"device":{"hostname":"web-01"}}}'),
      },
    ],
  })
  const { engine, acted } = bench({ library: libraryOf(asPlaybook(lost)), intercept: () => ({ status: 500 }) })
  const asked = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  const { run } = await engine.approve(asked.id, lea, digestOf(asked))
  expect([run.status, run.asks]).toEqual(['waiting', 'uncertain'])
  expect((await engine.report(run.id, ann, { ok: true, detail: 'seen on the switch' })).status).toBe('succeeded')
  expect(acted).toEqual([])
})

test('manual work waits for a report; on failure the exception handler runs', async () => {
  const [start, end, ask, rescue] = [idOf('start', 1), idOf('end', 4), idOf('action', 3), idOf('action', 5)]
  const manual = (command: string) => ({
    commands: [{ type: 'manual', command }],
    step_extensions: {
      [HOUSE_EXTENSION]: { approval: 'none' },
    },
  })
  const document = playbookOf(
    {
      [start]: { type: 'start', on_completion: ask },
      [ask]: actionTo(end, manual('Pull the plug of __host__:value')),
      [rescue]: actionTo(end, manual('Call the site')),
      [end]: { type: 'end' },
    },
    { workflow_exception: rescue, playbook_variables: { __host__: { type: 'string', value: 'a__host__:value' } } },
  )
  const { engine } = bench({ library: libraryOf(asPlaybook(document)) })
  const run = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(run).toMatchObject({
    asks: 'manual',
    work: { commands: [{ request: { instruction: 'Pull the plug of a__host__:value' } }] },
  })
  const handled = await engine.report(run.id, bob, { ok: false, detail: 'no access' })
  expect(handled).toMatchObject({ asks: 'manual', work: { step: rescue } })
  expect(await engine.report(run.id, bob, { ok: true, detail: 'done' })).toMatchObject({
    status: 'failed',
    failure: { en: 'the exception handler has ended', zh: '异常处理流程已结束' },
  })
})

test('the undoing passes over steps that state none, and says which it has lost', async () => {
  const [start, end, one, two, three] = [
    idOf('start', 1),
    idOf('end', 4),
    idOf('action', 3),
    idOf('action', 5),
    idOf('action', 6),
  ]
  const openc2 = (message: object) => [
    { type: 'openc2-http', command: 'POST / HTTP/1.1', content_b64: btoa(JSON.stringify(message)) },
  ]
  const policy = (rest: object) => ({ step_extensions: { [HOUSE_EXTENSION]: { approval: 'none', ...rest } } })
  const device = { device: { hostname: 'web-01' } }
  const undo = { commands: openc2({ action: 'allow', target: device }), approval: 'analyst' }
  const lost = {
    commands: openc2({ action: 'delete', target: { artifact: { payload: { url: '__never__:value' } } } }),
    approval: 'analyst',
  }
  const document = playbookOf(
    {
      [start]: { type: 'start', on_completion: one },
      [one]: actionTo(two, { commands: openc2({ action: 'contain', target: device }), ...policy({ undo }) }),
      [two]: actionTo(three, { commands: openc2({ action: 'query', target: device }), ...policy({}) }),
      [three]: actionTo(end, {
        commands: openc2({ action: 'investigate', target: device }),
        ...policy({ undo: lost }),
      }),
      [end]: { type: 'end' },
    },
    { playbook_variables: { __never__: { type: 'string' } } },
  )
  const { engine, acted, world } = bench({ library: libraryOf(asPlaybook(document)) })
  const asked = await engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  expect(asked).toMatchObject({ asks: 'approval', demand: { level: 'lead', approverDiffers: true } })
  const { run } = await engine.approve(asked.id, lea, asked.work?.digest ?? '')
  await expect(engine.undo(run.id, ann)).rejects.toMatchObject({ code: 'threat_respond.not_allowed' })
  const undone = await engine.undo(run.id, lea)
  expect(undone.status).toBe('undo-failed')
  expect(undone.failure).toEqual({
    en: `what would undo them is not known: ${three}`,
    zh: `以下步骤如何撤销已无从得知：${three}`,
  })
  expect([acted, world.hosts.get('web-01')?.contained]).toEqual([['contain', 'investigate', 'allow'], false])
})

test.each([
  [
    'a secret in clear',
    { authentication_info_definitions: { [idOf('oauth2', 8)]: { type: 'oauth2', token: 'abc' } } },
    'threat_respond.secret_in_clear',
  ],
  [
    'a secret in clear beside the name of a kept one',
    {
      authentication_info_definitions: {
        [idOf('oauth2', 8)]: { type: 'oauth2', token: 'abc', kms: true, kms_key_identifier: 'kept' },
      },
    },
    'threat_respond.secret_in_clear',
  ],
  [
    'one that would wait for a month',
    {
      workflow: {
        ...(straight() as { workflow: object }).workflow,
        [idOf('action', 3)]: { ...actionTo(idOf('end', 4)), delay: 2_592_000_000 },
      },
    },
    'threat_respond.bad_policy',
  ],
  ['a revoked playbook', { revoked: true }, 'threat_respond.not_valid_now'],
  ['one that was valid until a leap second', { valid_until: '2016-12-31T23:59:60Z' }, 'threat_respond.not_valid_now'],
  ['one that is not valid yet', { valid_from: '2027-01-01T00:00:00Z' }, 'threat_respond.not_valid_now'],
])('does not start %s', async (_, change, code) => {
  const { engine } = bench({ library: libraryOf(asPlaybook(straight({}, change))) })
  const started = engine.start({ playbook: idOf('playbook', 1), inputs: {}, requester: 'ann', reason: '' })
  await expect(started).rejects.toMatchObject({ code })
})

test('inputs that the playbook does not take are refused, prototype names among them', async () => {
  const { engine } = bench()
  for (const inputs of [{ __else__: 'x' }, { constructor: 'x' }, JSON.parse('{"__proto__":"x"}')]) {
    await expect(engine.start(request('isolate-host', inputs))).rejects.toMatchObject({
      code: 'threat_playbook.unknown_variable',
    })
  }
})

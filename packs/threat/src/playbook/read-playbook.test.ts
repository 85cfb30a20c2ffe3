import type { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { actionTo, EXTENSION, idOf, playbookOf, randomJson, seededRandom, straight } from './playbook.fixture.ts'
import { lintPlaybook, readPlaybook, writePlaybook } from './read-playbook.ts'

const faultsOf = (document: unknown): string[] =>
  lintPlaybook(JSON.stringify(document)).faults.map(({ path, problem }) => `${path}: ${problem.en}`)

const [start, end] = [idOf('start', 1), idOf('end', 4)]
const action = idOf('action', 3)

test('the smallest playbook is valid', () => {
  expect(faultsOf(straight())).toEqual([])
})

test('what is read is what is written, with 200 random sets of unknown and extension members', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 200; i += 1) {
    const extra = {
      x_unknown: randomJson(random),
      signatures: [{ type: 'jss', value: 'abc', more: randomJson(random) }],
    }
    const document = straight(
      { x_step: randomJson(random), step_extensions: { [EXTENSION]: { deep: randomJson(random) } } },
      {
        ...extra,
        extension_definitions: {
          [EXTENSION]: {
            ...{
              type: 'extension-definition',
              name: 'n',
              created_by: idOf('identity', 2),
              schema: 's',
              version: '1.0.0',
            },
            x_more: randomJson(random),
          },
        },
      },
    )
    const text = JSON.stringify(document)
    const playbook = readPlaybook(text)
    expect(JSON.parse(writePlaybook(playbook))).toEqual(JSON.parse(text))
    expect(writePlaybook(readPlaybook(writePlaybook(playbook)))).toBe(writePlaybook(playbook))
  }
})

test.each<[string, unknown, string]>([
  [
    'a dangling step',
    straight({ on_completion: idOf('end', 99) }),
    `$.workflow["${action}"].on_completion: names no step: ${idOf('end', 99)}`,
  ],
  [
    'no start',
    straight({}, { workflow_start: idOf('start', 77) }),
    '$.workflow_start: names no start step of the workflow',
  ],
  ['an identifier', straight({}, { id: 'playbook--1' }), '$.id: '],
  ['a timestamp', straight({}, { created: '2026-13-01T00:00:00Z' }), '$.created: '],
  [
    'modified before created',
    straight({}, { modified: '2026-11-21T00:00:00.000Z' }),
    '$.modified: lies before "created"',
  ],
  [
    'an unknown variable',
    straight({ in_args: ['__who__'] }),
    `$.workflow["${action}"].in_args[0]: names nothing that the playbook defines: __who__`,
  ],
  [
    'a variable in a command',
    straight({ commands: [{ type: 'http-api', command: 'GET /__who__:value HTTP/1.1' }] }),
    `$.workflow["${action}"].commands[0].command: names nothing that the playbook defines: __who__`,
  ],
  [
    'a variable in a command that is base64',
    straight({
      commands: [{ type: 'openc2-http', command: 'POST / HTTP/1.1', content_b64: btoa('{"x":"__hots__:value"}') }],
    }),
    `$.workflow["${action}"].commands[0].content_b64: names nothing that the playbook defines: __hots__`,
  ],
  [
    'a value of the wrong type',
    straight({}, { playbook_variables: { __ip__: { type: 'ipv4-addr', value: '1.2.3.400' } } }),
    '$.playbook_variables.__ip__.value: is no ipv4-addr',
  ],
  [
    'an agent',
    straight({ agent: idOf('ssh', 5) }),
    `$.workflow["${action}"].agent: names nothing that the playbook defines: ${idOf('ssh', 5)}`,
  ],
  [
    'an extension',
    straight({ step_extensions: { [EXTENSION]: {} } }),
    `$.workflow["${action}"].step_extensions["${EXTENSION}"]: names nothing`,
  ],
  ['no successor', straight({ on_completion: undefined }), `$.workflow["${action}"].on_completion: is missing`],
  ['both kinds of successor', straight({ on_success: end }), `$.workflow["${action}"].on_completion: excludes`],
  [
    'a command without its line',
    straight({ commands: [{ type: 'ssh' }] }),
    `$.workflow["${action}"].commands[0]: needs "command"`,
  ],
  [
    'a start line',
    straight({ commands: [{ type: 'openc2-http', command: 'POST', content_b64: 'e30=' }] }),
    `$.workflow["${action}"].commands[0].command: `,
  ],
  ['the wrong version', straight({}, { spec_version: '1.1' }), '$.spec_version: '],
])('names the path of %s', (_, document, wanted) => {
  expect(faultsOf(document).join('\n')).toContain(wanted)
})

test('a bad time is answered in words, in both languages, and hides no other fault', () => {
  const document = straight({ agent: idOf('ssh', 5), on_completion: idOf('end', 99) }, { modified: 'yesterday' })
  const { faults } = lintPlaybook(JSON.stringify(document))
  expect(faults[0]).toEqual({
    path: '$.modified',
    problem: {
      en: 'must be a time in UTC, such as 2026-11-22T09:30:00.000Z',
      zh: '须为 UTC 时间，例如 2026-11-22T09:30:00.000Z',
    },
  })
  expect(faults.map(({ path }) => path)).toEqual([
    '$.modified',
    `$.workflow["${action}"].on_completion`,
    `$.workflow["${end}"]`,
    `$.workflow["${action}"].agent`,
  ])
  expect(faults.filter(({ problem }) => /[\^$\\]/.test(problem.en))).toEqual([])
})

test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
  [
    'where a step leads',
    { on_completion: 7 },
    {},
    ['$.workflow: where its steps lead', `$.workflow["${action}"]: what is`],
  ],
  ['a definition', {}, { agent_definitions: 7 }, ['$: what is referred to here']],
  ['a command', { commands: [{ type: 'ssh' }] }, {}, [`$.workflow["${action}"]: what is referred to here`]],
])('what waits for %s to be corrected is said', (_, step, rest, wanted) => {
  const [first, ...more] = faultsOf(straight(step, rest))
  expect(first).not.toMatch(/is checked once/)
  expect(more).toEqual(wanted.map((each) => expect.stringContaining(each)))
})

test('an unreachable step, a loop and a type that is not that of its id', () => {
  const looped = playbookOf({
    [start]: { type: 'start', on_completion: action },
    [action]: actionTo(idOf('action', 5)),
    [idOf('action', 5)]: actionTo(action),
    [end]: { type: 'end' },
    [idOf('action', 6)]: { type: 'end' },
  })
  expect(faultsOf(looped)).toEqual([
    `$.workflow["${idOf('action', 6)}"].type: is not the type in the id of the step`,
    `$.workflow["${end}"]: is never reached from the start`,
    `$.workflow["${idOf('action', 6)}"]: is never reached from the start`,
    `$.workflow["${idOf('action', 5)}"].on_completion: closes a loop; only the branch of a while-condition may repeat`,
  ])
})

test('a loop through while-condition is taken', () => {
  const repeat = idOf('while-condition', 5)
  const looped = playbookOf(
    {
      [start]: { type: 'start', on_completion: repeat },
      [repeat]: { type: 'while-condition', condition: "__go__:value = 'yes'", on_true: action, on_completion: end },
      [action]: actionTo(repeat),
      [end]: { type: 'end' },
    },
    { playbook_variables: { __go__: { type: 'string', value: 'no' } } },
  )
  expect(faultsOf(looped)).toEqual([])
})

test.each([action, undefined])(
  'a loop behind a while-condition, beside its branch, is refused: branch to %s',
  (branch) => {
    const [repeat, after] = [idOf('while-condition', 5), idOf('action', 6)]
    const looped = playbookOf(
      {
        [after]: actionTo(repeat),
        [start]: { type: 'start', on_completion: repeat },
        [repeat]: {
          ...{ type: 'while-condition', condition: "__go__:value = 'yes'" },
          ...{ on_true: branch ?? after, on_completion: after },
        },
        ...(branch ? { [branch]: actionTo(end) } : {}),
        [end]: { type: 'end' },
      },
      { playbook_variables: { __go__: { type: 'string', value: 'no' } } },
    )
    const loops = faultsOf(looped).filter((each) => each.includes('closes a loop'))
    expect(loops).toEqual([expect.stringContaining('only the branch of a while-condition may repeat')])
  },
)

const refused = (text: string): unknown => {
  try {
    return readPlaybook(text)
  } catch (cause) {
    return (cause as Error).message
  }
}

test.each<[string, string, string]>([
  ['no JSON', '{', 'not readable JSON at $'],
  ['a key given twice', '{"workflow":{"a":1,"a":2}}', 'at $.workflow.a: the key is given twice'],
  ['a key spelled twice', '{"name":"x","n\\u0061me":"y"}', 'at $.name: the key is given twice'],
  [
    '__proto__',
    '{"workflow":{"__proto__":{"type":"start"}}}',
    'at $.workflow.__proto__: the key "__proto__" is not taken',
  ],
  ['a huge number', '{"x":[1,12345678901234567890]}', 'at $.x[1]: the number 12345678901234567890 cannot be kept'],
  ['a lone surrogate', '{"name":"\\ud800"}', 'a lone surrogate is no character'],
  ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'more than the 64 that are read'],
  ['a list', '[]', 'expected object'],
])('refuses %s', (_, text, wanted) => {
  expect(refused(text)).toContain(wanted)
})

test('a file of nothing but faults is told of in part, and one of too many members not at all', () => {
  const { faults } = lintPlaybook(JSON.stringify(straight({}, { markings: Array(5_000).fill('') })))
  expect(faults).toHaveLength(1_001)
  expect(faults.at(-1)).toEqual({ path: '$', problem: { en: '4001 further faults', zh: '另有 4001 处问题' } })
  const before = process.cpuUsage()
  expect(refused(JSON.stringify(straight({}, { markings: Array(2_500_000).fill('') })))).toContain(
    'has 300001 members, more than the 300000 that are read',
  )
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3)
})

test('what JSON would lose is said in Chinese as well', () => {
  const chineseOf = (text: string) => {
    try {
      readPlaybook(text)
    } catch (cause) {
      return (cause as AppError).text.zh
    }
  }
  expect(['{"a":1,"a":2}', '{"a":"\\ud800"}', '{"__proto__":1}', '{"a":12345678901234567890}'].map(chineseOf)).toEqual([
    '剧本在 $.a 处无法按 JSON 读取：键重复出现；请修正文件后重新导入',
    '剧本在 $.a 处无法按 JSON 读取：孤立的代理项不是字符；请修正文件后重新导入',
    '剧本在 $.__proto__ 处无法按 JSON 读取：不接受键“__proto__”；请修正文件后重新导入',
    '剧本在 $.a 处无法按 JSON 读取：数字 12345678901234567890 无法精确保存；请改写为文本；请修正文件后重新导入',
  ])
})

test('prototype names are ordinary names', () => {
  const document = straight(
    { out_args: ['constructor'] },
    { markings: [idOf('marking-tlp', 8)], constructor: { a: 1 } },
  )
  expect(faultsOf(document)).toHaveLength(2)
})

test('a chain of 9,998 actions is read within 3 CPU-seconds; one step more than 10,000 is refused', () => {
  const chain = (length: number) => {
    const ids = Array.from({ length }, (_, i) => idOf('action', i + 100))
    const steps = ids.map((id, i) => [id, actionTo(ids[i + 1] ?? end)] as const)
    return playbookOf({
      [start]: { type: 'start', on_completion: ids[0] },
      ...Object.fromEntries(steps),
      [end]: { type: 'end' },
    })
  }
  const before = process.cpuUsage()
  expect(faultsOf(chain(9_998))).toEqual([])
  const { user } = process.cpuUsage(before)
  expect(user / 1e6).toBeLessThan(3)
  expect(() => readPlaybook(JSON.stringify(chain(9_999)))).toThrow('10001 steps')
})

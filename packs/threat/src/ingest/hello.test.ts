import { expect, test } from 'vitest'
import { readHello } from './hello.ts'

const refusal = (line: string) => {
  try {
    return readHello(line)
  } catch (cause) {
    return (cause as { text: { zh: string } }).text.zh
  }
}

test.each([
  ['no json', '不是 JSON'],
  ['{"dengta":2}', '“dengta”必须为 1'],
  ['{"dengta":1,"x":1}', '“x”无法识别'],
  ['{"dengta":1,"token":1}', '“token”必须是文本'],
  ['{"dengta":1,"stream":""}', '“stream”须为 1 至 200 个可见 ASCII 字符'],
  ['{"dengta":1,"ack":1}', '“ack”必须为 true 或 false'],
])('the greeting %s is refused with its reason in Chinese', (line, why) => {
  expect(refusal(line)).toContain(`无法识别握手信息：${why}；`)
})

test('a greeting that fits is read', () => {
  expect(readHello('{"dengta":1,"stream":"a"}')).toEqual({ token: undefined, stream: 'a', ack: undefined })
})

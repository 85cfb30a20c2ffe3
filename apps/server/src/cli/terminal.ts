import { type Language, type Progress, type Text, withoutUnseen } from '@dengta/kernel'

/** What a command writes to: one language, people or machines. Progress and notes go to stderr, results to stdout. */
export interface Terminal {
  readonly language: Language
  readonly json: boolean
  readonly columns: number
  /** A result. With `--json` only `data` is printed, as one line. */
  result(data: unknown, lines: readonly string[]): void
  note(text: Text): void
  readonly progress: Progress
  say(text: Text): string
}

export interface Streams {
  readonly stdout: NodeJS.WritableStream & { columns?: number }
  readonly stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
}

export function createTerminal(streams: Streams, language: Language, json: boolean): Terminal {
  const say = (text: Text): string => text[language]
  const bar = createBar(streams.stderr, say)
  return {
    language,
    json,
    columns: streams.stdout.columns ?? 100,
    say,
    progress: bar.step,
    note: (text) => {
      bar.clear()
      streams.stderr.write(`${withoutUnseen(say(text))}\n`)
    },
    result: (data, lines) => {
      bar.clear()
      if (json) streams.stdout.write(`${JSON.stringify(data)}\n`)
      else if (lines.length > 0) streams.stdout.write(`${withoutUnseen(lines.join('\n'))}\n`)
      else streams.stderr.write(`${say(NOTHING)}\n`)
    },
  }
}

const NOTHING: Text = { en: 'nothing there', zh: '没有内容' }

/** `zh` where the environment speaks Chinese, else `en`; DENGTA_LANG and --lang win. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const wish = env.DENGTA_LANG ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? ''
  return wish.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

const BAR_CELLS = 24

/** One line that is redrawn on a terminal; elsewhere one line for each new label. */
function createBar(stream: Streams['stderr'], say: (text: Text) => string) {
  let label = ''
  let drawn = false
  const clear = (): void => {
    if (drawn) stream.write('\r\u001b[K')
    drawn = false
  }
  const step: Progress = (state) => {
    const next = withoutUnseen(say(state.label))
    if (stream.isTTY) {
      stream.write(`\r\u001b[K${drawBar(state.done, state.total)} ${next}`)
      drawn = true
    } else if (next !== label) stream.write(`· ${next}\n`)
    label = next
  }
  return { clear, step }
}

function drawBar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const full = Math.round(share * BAR_CELLS)
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${total > 0 ? `${Math.round(share * 100)}%`.padStart(4) : '    '}`
}

import { type AppError, defineErrors, type Text } from '@dengta/kernel'
import { type Problem, problem } from '../api/common.ts'

export const clientErrors = defineErrors('client', {
  unreachable: {
    kind: 'unavailable',
    en: 'the server at {address} does not answer; check that it runs and that you are online, then try again',
    zh: '无法连接服务器 {address}；请确认服务已启动且网络正常，然后重试',
  },
  unexpected_answer: {
    kind: 'unavailable',
    en: 'the answer to {call} does not fit what this version understands; reload the page, or update the client',
    zh: '{call} 的返回内容与当前版本不符；请刷新页面，或升级客户端',
  },
  no_problem: {
    kind: 'unavailable',
    en: '{call} failed with status {status} and without a reason; a proxy may stand between you and the server',
    zh: '{call} 失败（状态码 {status}），且没有说明原因；中间可能有代理服务器，请联系运维人员',
  },
})

/** Every failed call ends here. `problem.status` is 0 where no usable answer came; `problem.code` is stable. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly problem: Problem

  constructor(reason: Problem, cause?: unknown) {
    super(reason.text.en, { cause })
    this.problem = reason
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }

  get text(): Text {
    return this.problem.text
  }
}

/** Wraps a failure that arose on this side of the wire. */
export function localError(error: AppError, status = 0): ApiError {
  const { code, text, details } = error
  return new ApiError({ type: 'about:blank', title: text.en, status, code, text, details: { ...details } }, error.cause)
}

/** Reads the problem of a failed answer; an answer that is not one of ours keeps its status. */
export async function answerError(call: string, response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined)
  const known = problem.safeParse(body)
  if (known.success) return new ApiError(known.data)
  return localError(clientErrors.no_problem({ call, status: response.status }), response.status)
}

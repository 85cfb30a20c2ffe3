import type { Text } from '@dengta/kernel'
import type { SandboxResult } from './sandbox.ts'

const REASON: Text = {
  en: 'refused: this machine cannot isolate foreign code (bubblewrap does not work here); install bubblewrap 0.8 or newer and allow user namespaces',
  zh: '已拒绝：本机无法隔离外来代码（bubblewrap 不可用）；请安装 bubblewrap 0.8 或更高版本并允许用户命名空间',
}

/** The answer for a foreign job where only level `process` is to be had: it is not started. */
export function refusedResult(): SandboxResult {
  return {
    ...{ outcome: 'refused', reason: REASON, exitCode: undefined, signal: undefined, output: new Uint8Array() },
    ...{ log: REASON.en, cpuSeconds: 0, wallSeconds: 0, peakBytes: 0 },
  }
}

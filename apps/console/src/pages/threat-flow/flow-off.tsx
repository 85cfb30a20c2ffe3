import type { FlowView } from '@dengta/sdk'
import { CommandLine } from '../../parts/command-line.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/use-words.ts'

/** Nothing is connected: why, and the exact commands that change it. */
export function FlowOff({ flow }: { readonly flow: FlowView }) {
  const { t, say } = useWords()
  return (
    <div style={{ marginTop: 20 }}>
      <Notice title={t('flow.offTitle')}>
        <p>{say(flow.text)}</p>
        <p>{t('flow.offHow')}</p>
        <CommandLine command="npx dengta threat demo" />
        <CommandLine command="DENGTA_THREAT_TCP_PORT=4591 npx dengta start" />
        <CommandLine command="DENGTA_THREAT_SYSLOG_PORT=5514 npx dengta start" />
      </Notice>
    </div>
  )
}

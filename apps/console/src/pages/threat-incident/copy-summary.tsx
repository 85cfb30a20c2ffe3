import type { IncidentDetail } from '@dengta/sdk'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useKeys } from '../../house/use-keys.ts'
import { useWords } from '../../words/use-words.ts'
import { incidentSummary } from './incident-summary.ts'

/** Puts the incident on the clipboard as plain text, by button or by `y`; where the browser forbids that, shows it to be copied. */
export function CopySummary({ incident }: { readonly incident: IncidentDetail }) {
  const words = useWords()
  const { t } = words
  const { message } = App.useApp()
  const [byHand, setByHand] = useState<string>()
  const copy = async () => {
    const text = incidentSummary(incident, `${location.origin}${location.pathname}`, words)
    const copied = await wasCopied(text)
    if (copied) void message.success(t('incident.copied'))
    else setByHand(text)
  }
  useKeys({ y: () => void copy() })
  return (
    <>
      <Button onClick={() => void copy()} title={t('incident.copyHint')} aria-keyshortcuts="y">
        {t('incident.copy')}
      </Button>
      <Modal
        title={t('incident.copyByHand')}
        open={byHand !== undefined}
        onCancel={() => setByHand(undefined)}
        footer={null}
        destroyOnHidden
      >
        <Input.TextArea
          readOnly
          autoFocus
          autoSize={{ minRows: 8, maxRows: 20 }}
          value={byHand}
          aria-label={t('incident.copyByHand')}
          onFocus={({ target }) => target.select()}
        />
      </Modal>
    </>
  )
}

/** False where the page has no clipboard (no https) or the browser refuses. */
async function wasCopied(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}

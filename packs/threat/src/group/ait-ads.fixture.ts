import type { SeenAlert } from './seen-alert.ts'

interface LabelledAlert {
  readonly alert: SeenAlert
  readonly window: string
  readonly step: string
}

/** Alerts of an AIT-ADS file with their labels apart. Columns time, name, ip, host, short, time_label, event_label. */
export function readAitAds(text: string): LabelledAlert[] {
  const lines = text.trimEnd().split('\n').slice(1)
  return lines.map((line, at) => {
    const [time = '', signature = '', address = '', host = '', , window = '', step = ''] = line.split(',')
    const detector = signature.split(':')[0] ?? ''
    const alert = {
      id: String(at),
      time: 1000 * Number(time),
      signature,
      level: '',
      host,
      addresses: [address],
      techniques: [],
      detector,
    }
    return { alert, window, step }
  })
}

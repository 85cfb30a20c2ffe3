import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useNotice } from '../house/use-notice.ts'
import { Icon } from './icon.tsx'
import { saveFile } from './save-file.ts'

interface Props {
  readonly label: string
  readonly fileName: string
  readonly fetchFile: () => Promise<Blob | string>
}

/** Fetches with the reader's token, then saves; a failure is told, never swallowed. */
export function DownloadButton({ label, fileName, fetchFile }: Props) {
  const tell = useNotice()
  const download = useMutation({
    mutationFn: fetchFile,
    onSuccess: (content) => saveFile(fileName, content),
    onError: tell,
  })
  return (
    <Button icon={<Icon name="download" />} loading={download.isPending} onClick={() => download.mutate()}>
      {label}
    </Button>
  )
}

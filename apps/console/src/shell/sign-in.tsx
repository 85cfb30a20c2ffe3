import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useSession } from '../house/session.tsx'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../words/use-words.ts'
import styles from './sign-in.module.css'

/** Opens the dialog for a token. Who is signed in sees the way out instead. */
export function SignInButton({ className }: { readonly className?: string | undefined }) {
  const { me, refused, signOut } = useSession()
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const looks = className ? ({ type: 'text', className } as const) : ({ type: 'primary' } as const)
  if (me) {
    return (
      <Button {...looks} onClick={signOut} title={me.roles.map((role) => t(`role.${role}`)).join(', ')}>
        {className && <span className={styles.who}>{me.name}</span>}
        {t('shell.signOut')}
      </Button>
    )
  }
  return (
    <>
      <Button {...looks} icon={<Icon name="key" />} onClick={() => setAsking(true)}>
        {t(refused ? 'shell.tokenRefused' : 'shell.signIn')}
      </Button>
      <SignInDialog open={asking} close={() => setAsking(false)} />
    </>
  )
}

function SignInDialog({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const { signIn, refused } = useSession()
  const { t } = useWords()
  const accept = ({ token }: { token: string }) => {
    signIn(token.trim())
    close()
  }
  return (
    <Modal title={t('shell.signIn')} open={open} onCancel={close} footer={null} destroyOnHidden>
      <p>{t(refused ? 'shell.tokenRefusedHow' : 'shell.signInHow')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={accept} style={{ marginTop: 16 }}>
        <Form.Item name="token" label={t('shell.token')} rules={[{ required: true, message: t('shell.tokenNeeded') }]}>
          <Input.Password autoComplete="off" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {t('shell.signIn')}
        </Button>
      </Form>
    </Modal>
  )
}

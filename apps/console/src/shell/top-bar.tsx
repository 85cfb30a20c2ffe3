import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../words/use-words.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { LookSwitch } from './look-switch.tsx'
import { SignInButton } from './sign-in.tsx'
import styles from './top-bar.module.css'
import { VerbNav } from './verb-nav.tsx'

export function TopBar() {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <header className={styles.bar}>
      <div className={styles.inner}>
        <button type="button" className={styles.menu} aria-label={t('shell.menu')} onClick={() => setOpen(true)}>
          <Icon name="menu" size={20} />
        </button>
        <Link to="/" className={styles.name} aria-label={t('shell.home')}>
          <img src="/lighthouse.svg" alt="" width="28" height="28" />
          <span>灯塔</span>
          <span className={styles.latin}>Dengta</span>
        </Link>
        <div className={styles.verbs}>
          <VerbNav />
        </div>
        <div className={styles.controls}>
          <LanguageSwitch />
          <LookSwitch />
          <SignInButton className={styles.control} />
        </div>
      </div>
      <Drawer title={t('shell.nav')} placement="left" size={300} open={open} onClose={() => setOpen(false)}>
        <VerbNav upright onChoose={() => setOpen(false)} />
      </Drawer>
    </header>
  )
}

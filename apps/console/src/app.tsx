import type { Fetch } from '@dengta/sdk'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import english from 'antd/locale/en_US'
import chinese from 'antd/locale/zh_CN'
import { useEffect } from 'react'
import { type Choices, PreferencesProvider, usePreferences } from './house/preferences.tsx'
import { SessionProvider } from './house/session.tsx'
import { useLook } from './house/use-look.ts'
import { antdTheme } from './look/theme.ts'

export interface AppProps {
  readonly router: AnyRouter
  readonly cache: QueryClient
  readonly choices: Choices
  readonly remember?: (choices: Choices) => void
  readonly token?: string | undefined
  readonly keepToken?: (token: string | undefined) => void
  readonly fetch?: Fetch
}

/** The console with all that comes from outside handed in: where it is, what was chosen, how it asks. */
export function App({ router, cache, choices, remember, token, keepToken, fetch }: AppProps) {
  return (
    <PreferencesProvider initial={choices} {...(remember ? { remember } : {})}>
      <QueryClientProvider client={cache}>
        <SessionProvider initialToken={token} {...(keepToken ? { keep: keepToken } : {})} {...(fetch ? { fetch } : {})}>
          <Dressed router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </PreferencesProvider>
  )
}

function Dressed({ router }: { readonly router: AnyRouter }) {
  const { language } = usePreferences()
  const look = useLook()
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.dataset.look = look
  }, [language, look])
  return (
    <ConfigProvider
      theme={antdTheme(look)}
      locale={language === 'zh' ? chinese : english}
      button={{ autoInsertSpace: false }}
    >
      <AntApp>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  )
}

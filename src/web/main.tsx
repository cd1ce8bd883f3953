import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN'
import { StrictMode, useEffect, useMemo, useSyncExternalStore, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Refusal, whenSignedOut } from './api.ts'
import { path, withQuery } from './path.ts'
import { router } from './routes.tsx'
import { usePreference } from './session.ts'
import { themeFor } from './theme.ts'
import './styles/base.css'
import './styles/shell.css'
import './styles/content.css'
import './styles/print.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only a broken line is worth a second try.
      retry: (count, error) => count < 1 && !(error instanceof Refusal && error.status > 0),
    },
  },
})

// After an upgrade an open tab may ask for a page whose file has gone: one reload brings the new version.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('zhijia.reloaded') ?? 0)
  if (Date.now() - last < 10_000) return
  sessionStorage.setItem('zhijia.reloaded', String(Date.now()))
  event.preventDefault()
  window.location.reload()
})

whenSignedOut(() => {
  const here = window.location.pathname + window.location.search
  if (/^\/(sign-in|activate|setup)/.test(here)) return
  queries.clear()
  void router.navigate({ href: withQuery(path.signIn, { back: here === '/' ? '' : here }) })
})

// The calendar's year and month buttons are named by what they show («2026年»), not by a label that says something else.
const locale = {
  ...zhCN,
  DatePicker: { ...zhCN.DatePicker!, lang: { ...zhCN.DatePicker!.lang, yearSelect: '', monthSelect: '' } },
}
const narrow = window.matchMedia('(max-width: 760px)')
const watchWidth = (listener: () => void): (() => void) => {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

function App(): ReactElement {
  const [elder] = usePreference('elder', false)
  const phone = useSyncExternalStore(watchWidth, () => narrow.matches)
  const theme = useMemo(() => themeFor(elder, phone), [elder, phone])
  useEffect(() => {
    document.documentElement.classList.toggle('elder', elder)
  }, [elder])
  return (
    <ConfigProvider locale={locale} theme={theme} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  )
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

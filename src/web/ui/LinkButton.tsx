import { useNavigate } from '@tanstack/react-router'
import { Button, type ButtonProps } from 'antd'
import type { ReactElement } from 'react'
import { withQuery } from '../path.ts'

/** A link that looks like a button: opens in the app on a plain click, in a new tab like any other link. */
export function LinkButton({
  to,
  search,
  ...rest
}: Omit<ButtonProps, 'href' | 'onClick'> & { to: string; search?: Record<string, string | number> }): ReactElement {
  const navigate = useNavigate()
  const address = withQuery(to, search)
  return (
    <Button
      {...rest}
      href={address}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        void navigate({ href: address })
      }}
    />
  )
}

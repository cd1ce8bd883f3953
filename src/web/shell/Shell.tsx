import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type ReactElement } from 'react'
import { path } from '../path.ts'
import { Refusal } from '../api.ts'
import { useMe, usePreference } from '../session.ts'
import { Icon } from '../ui/Icon.tsx'
import { Loading, Problem } from '../ui/states.tsx'
import { Header } from './Header.tsx'
import { menu, type MenuItem } from './menu.ts'

/** The frame of every signed-in page: bar on top, menu on the left, a bottom bar instead of the menu on phones. */
export function Shell(): ReactElement {
  const me = useMe()
  const { pathname } = useLocation()
  const [folded, setFolded] = usePreference('menu-folded', false)
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    // A new page starts at its top, also for a keyboard and a screen reader.
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [pathname])
  if (me.error && !(me.error instanceof Refusal && me.error.status === 401))
    return (
      <main className="door">
        <Problem error={me.error} retry={() => void me.refetch()} />
      </main>
    )
  if (!me.data) return <Loading what="正在打开职家…" />
  if (me.data.stage === 'enrol' && pathname !== path.security) return <Navigate to={path.security as never} replace />
  const held = me.data.permissions
  const visible = ({ permissions, verb }: MenuItem): boolean =>
    (!permissions && !verb) ||
    held.some((permission) => permissions?.includes(permission) || (verb && permission.endsWith(`.${verb}`)))
  return (
    <div className={folded ? 'shell narrow-menu' : 'shell'}>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Header me={me.data} />
      <nav className="menu" aria-label="主菜单">
        {menu.map((group) => {
          const items = group.items.filter(visible)
          return (
            items.length > 0 && (
              <div key={group.title}>
                <div className="menu-group">{group.title}</div>
                {items.map((item) => (
                  <MenuLink key={item.to} item={item} folded={folded} />
                ))}
              </div>
            )
          )
        })}
        <div className="menu-fold">
          <button
            type="button"
            className="icon-button"
            aria-label={folded ? '展开菜单' : '收起菜单'}
            title={folded ? '展开菜单' : '收起菜单'}
            onClick={() => setFolded(!folded)}
          >
            <Icon name="fold" />
          </button>
        </div>
      </nav>
      <main className="main" id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar visible={visible} />
    </div>
  )
}

function MenuLink({ item, folded }: { item: MenuItem; folded?: boolean }): ReactElement {
  return (
    <Link
      to={item.to as never}
      className="menu-item"
      activeProps={{ className: 'active', 'aria-current': 'page' }}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      title={folded ? item.title : undefined}
      aria-label={folded ? item.title : undefined}
    >
      <Icon name={item.icon} />
      <span>{item.title}</span>
    </Link>
  )
}

const bottom = [path.desk, path.registers, path.figures, path.reports]

function BottomBar({ visible }: { visible: (item: MenuItem) => boolean }): ReactElement {
  const sheet = useRef<HTMLDialogElement>(null)
  const items = menu.flatMap((group) => group.items)
  return (
    <>
      <nav className="bottombar" aria-label="底部菜单">
        {items
          .filter((item) => bottom.includes(item.to as never))
          .map((item) => (
            <Link
              key={item.to}
              to={item.to as never}
              activeProps={{ className: 'active', 'aria-current': 'page' }}
              activeOptions={{ exact: item.to === '/', includeSearch: false }}
            >
              <Icon name={item.icon} size={22} />
              {item.title}
            </Link>
          ))}
        <button type="button" className="bare" onClick={() => sheet.current?.showModal()}>
          <Icon name="more" size={22} />
          更多
        </button>
      </nav>
      <dialog
        ref={sheet}
        className="sheet"
        aria-label="更多"
        // A click on a link or beside the sheet closes it.
        onClick={() => sheet.current?.close()}
      >
        <div className="inside">
          {menu.map((group) => (
            <div key={group.title}>
              <div className="menu-group">{group.title}</div>
              {group.items.filter(visible).map((item) => (
                <MenuLink key={item.to} item={item} />
              ))}
            </div>
          ))}
          <button type="button" className="pop-item">
            关闭
          </button>
        </div>
      </dialog>
    </>
  )
}

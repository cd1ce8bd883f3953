import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type ReactElement } from 'react'
import { path } from '../path.ts'
import { Refusal } from '../api.ts'
import { useMe, usePreference } from '../session.ts'
import { Icon } from '../ui/Icon.tsx'
import { Loading, Problem } from '../ui/states.tsx'
import { Header } from './Header.tsx'
import { menuOf, type Menu, type MenuItem } from './menu.ts'

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
  const groups = menuOf(me.data.permissions)
  const at = entryOf(
    pathname,
    groups.flatMap((group) => group.items),
  )
  return (
    <div className={folded ? 'shell narrow-menu' : 'shell'}>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Header me={me.data} />
      <nav className="menu" aria-label="主菜单">
        {groups.map((group) => (
          <MenuGroup
            key={group.title}
            group={group}
            at={at}
            folded={folded}
            few={groups.flatMap((one) => one.items).length <= 16}
          />
        ))}
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
      <BottomBar groups={groups} at={at} />
    </div>
  )
}

/** The entry a page belongs to: the longest address it begins with, so that `/congress/mine` isn't `/congress` too. */
function entryOf(pathname: string, items: readonly MenuItem[]): string | undefined {
  return items
    .map(({ to }) => to)
    .filter((to) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .toSorted((one, other) => other.length - one.length)[0]
}

interface GroupProps {
  group: Menu
  at: string | undefined
  folded: boolean
  /** A short menu needs no folding. */
  few: boolean
}

/** A group folds, so that somebody with every right still finds an entry at a glance; what was folded stays so. */
function MenuGroup({ group, at, folded, few }: GroupProps): ReactElement {
  const [chosen, setChosen] = usePreference<Record<string, boolean>>('menu-groups', {})
  const here = group.items.some((item) => item.to === at)
  const open = folded || (chosen[group.title] ?? (few || here || group.title === '日常'))
  return (
    <div>
      <button
        type="button"
        className="menu-group"
        aria-expanded={open}
        onClick={() => setChosen({ ...chosen, [group.title]: !open })}
      >
        {group.title}
        <Icon name={open ? 'down' : 'right'} size={12} />
      </button>
      {open && group.items.map((item) => <MenuLink key={item.to} item={item} at={at} folded={folded} />)}
    </div>
  )
}

function MenuLink({ item, at, folded }: { item: MenuItem; at: string | undefined; folded?: boolean }): ReactElement {
  const active = item.to === at
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (active) link.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <Link
      ref={link}
      to={item.to as never}
      className={active ? 'menu-item active' : 'menu-item'}
      aria-current={active ? 'page' : undefined}
      // The router's own idea of «active» would mark every address this page begins with.
      activeProps={{ 'aria-current': active ? 'page' : undefined }}
      title={folded ? item.title : undefined}
      aria-label={folded ? item.title : undefined}
    >
      <Icon name={item.icon} />
      <span>{item.title}</span>
    </Link>
  )
}

/** What a thumb reaches, the first four one may open: an officer's day, or a member's. */
const bottom: readonly string[] = [
  path.desk,
  path.registers,
  path.figures,
  path.reports,
  '/board',
  '/motions',
  '/my-votes',
]

function BottomBar({ groups, at }: { groups: readonly Menu[]; at: string | undefined }): ReactElement {
  const sheet = useRef<HTMLDialogElement>(null)
  const items = groups.flatMap((group) => group.items)
  return (
    <>
      <nav className="bottombar" aria-label="底部菜单">
        {bottom
          .flatMap((to) => items.filter((item) => item.to === to))
          .slice(0, 4)
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
          {groups.map((group) => (
            <div key={group.title}>
              <div className="menu-group">{group.title}</div>
              {group.items.map((item) => (
                <MenuLink key={item.to} item={item} at={at} />
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

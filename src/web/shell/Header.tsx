import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get, post } from '../api.ts'
import { path } from '../path.ts'
import { myUnits, today, useMe, usePreference, useScope, useTodos, useUnread } from '../session.ts'
import type { Me, UnitRow } from '../shapes.ts'
import { Icon } from '../ui/Icon.tsx'
import { Popover } from '../ui/Popover.tsx'
import { UnitTree } from '../ui/UnitTree.tsx'
import { GlobalSearch } from './GlobalSearch.tsx'

export function Header({ me }: { me: Me }): ReactElement {
  const todos = useTodos()
  const unread = useUnread()
  const waiting = todos.data?.total ?? 0
  const label = `待办 ${waiting} 件${unread ? `，未读消息 ${unread} 条` : ''}`
  return (
    <header className="topbar">
      <Link to="/" className="brand" aria-label="职家，回到工作台">
        <img src="/seal.svg" alt="" />
        <b>职家</b>
      </Link>
      <div className="scope">
        {myUnits(me).length > 0 && <UnitSwitch />}
        <YearSwitch />
      </div>
      <span className="push" />
      <GlobalSearch />
      <Link to={path.todos as never} className="icon-button" aria-label={label} title={label}>
        <Icon name="bell" size={20} />
        {/* Beside a name that says both numbers, the sum is a drawing, not a word. */}
        {waiting + unread > 0 && (
          <span className="badge" aria-hidden="true" data-sum={waiting + unread > 99 ? '99+' : waiting + unread} />
        )}
      </Link>
      <PersonMenu me={me} />
    </header>
  )
}

function UnitSwitch(): ReactElement {
  const { unitId, unitName, choose } = useScope()
  const me = useMe()
  const unit = useQuery({
    queryKey: ['unit-name', unitId],
    queryFn: () => get<UnitRow>(`/api/units/${unitId}`),
    enabled: unitId > 0 && !unitName,
    staleTime: Infinity,
  })
  const name = unitName || unit.data?.name || '选择单位'
  return (
    <Popover
      className="scope-button"
      label={`当前单位：${name}，点击切换`}
      wide
      button={
        <>
          <span>{name}</span>
          <Icon name="down" size={14} />
        </>
      }
    >
      {(close) => {
        const pick = (next: { id: number; name: string }): void => {
          choose({ unit: { id: next.id, name: next.name } })
          close()
        }
        return (
          <div className="pop-scroll" style={{ padding: 6 }}>
            {myUnits(me.data).length > 1 && (
              <>
                <div className="pop-title">我任职的单位</div>
                {myUnits(me.data).map((one) => (
                  <button
                    key={one.id}
                    type="button"
                    className="pop-item"
                    aria-current={one.id === unitId ? 'true' : undefined}
                    onClick={() => pick(one)}
                  >
                    {one.name}
                  </button>
                ))}
                <hr />
              </>
            )}
            <UnitTree chosen={unitId} onChoose={pick} autoFocus />
          </div>
        )
      }}
    </Popover>
  )
}

function YearSwitch(): ReactElement {
  const { year, choose } = useScope()
  const now = Number(today().slice(0, 4))
  const years = [...new Set([now + 1, now, now - 1, now - 2, now - 3, now - 4, year])].toSorted((a, b) => b - a)
  return (
    <Popover
      className="scope-button"
      label={`当前年度：${year} 年，点击切换`}
      button={
        <>
          <span>{year} 年</span>
          <Icon name="down" size={14} />
        </>
      }
    >
      {(close) =>
        years.map((one) => (
          <button
            key={one}
            type="button"
            className="pop-item"
            aria-current={one === year ? 'true' : undefined}
            onClick={() => {
              choose({ year: one })
              close()
            }}
          >
            {one} 年{one === now && <span className="faint">今年</span>}
          </button>
        ))
      }
    </Popover>
  )
}

const officeText = (me: Me): string =>
  me.currentOffice
    ? `${me.currentOffice.unitName}·${me.currentOffice.title ?? me.currentOffice.roleTitle ?? ''}`
    : '没有任职'

function PersonMenu({ me }: { me: Me }): ReactElement {
  const [elder, setElder] = usePreference('elder', false)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const signOut = async (): Promise<void> => {
    await post('/api/sign-out').catch(() => undefined)
    queries.clear()
    void navigate({ to: path.signIn as never })
  }
  return (
    <Popover
      className="person-button"
      label={`${me.name}，个人菜单`}
      right
      button={
        <>
          <span className="avatar" aria-hidden="true" data-letter={me.name.slice(0, 1)} />
          <span className="name">{me.name}</span>
        </>
      }
    >
      {(close) => (
        <>
          <div className="pop-title">{officeText(me)}</div>
          <hr />
          <Link to={path.security as never} className="pop-item" onClick={close}>
            <Icon name="shield" /> 登录与安全
          </Link>
          <button type="button" className="pop-item" aria-pressed={elder} onClick={() => setElder(!elder)}>
            <Icon name="eye" /> {elder ? '退出长辈版' : '长辈版（大字）'}
          </button>
          <hr />
          <button type="button" className="pop-item" onClick={() => void signOut()}>
            <Icon name="right" /> 退出登录
          </button>
        </>
      )}
    </Popover>
  )
}

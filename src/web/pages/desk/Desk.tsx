import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { path, withQuery } from '../../path.ts'
import { today, useMay, useMe, useFavourites, useRegisters, useScope, useTodos } from '../../session.ts'
import type { FigureShape } from '../../shapes.ts'
import { menuOf } from '../../shell/menu.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { figureValueText } from '../../ui/values.tsx'
import { YearByDomain } from '../figures/YearByDomain.tsx'
import { TodoLine } from './TodoLine.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'

/** The first page: what waits, where one goes most, how the year stands. */
export function Desk(): ReactElement {
  const me = useMe()
  const { unitId, unitName } = useScope()
  const counts = useMay()('reports.figures') && unitId > 0
  const holds = Boolean(me.data?.offices.length)
  const where = unitName ? `。当前单位：${unitName}` : holds ? '' : '。没有任职，只能看到本人的记录'
  return (
    <Page title="工作台" help={`${me.data?.name ?? ''}，${weekday(today())}${where}`}>
      <div className="desk">
        <div>
          <Waiting />
          {counts && <KeyFigures />}
        </div>
        <div>
          {holds ? <Entries /> : <OwnAffairs />}
          {counts && <YearByDomain />}
        </div>
      </div>
    </Page>
  )
}

const weekday = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return `${year} 年 ${month} 月 ${day} 日，星期${'日一二三四五六'[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}`
}

function Waiting(): ReactElement {
  const todos = useTodos()
  return (
    <Card title="待办与到期" aside={<Link to={path.todos as never}>全部待办</Link>} flush>
      <Loaded query={todos}>
        {({ todos: rows }) =>
          rows.length === 0 ? (
            <Empty title="没有待办" small>
              到期的任期、未提交的草稿、等您处理的申请会出现在这里。
            </Empty>
          ) : (
            rows.slice(0, 6).map((row) => <TodoLine key={row.id} row={row} />)
          )
        }
      </Loaded>
    </Card>
  )
}

/** The menu as doors, since on a phone it is folded away: what somebody without an office can do here … */
const OwnAffairs = (): ReactElement => <Doors title="我能办的事" without={['管理']} />

/** … or with an office that records nothing: an auditor's or an administrator's work. */
const OfficeWork = (): ReactElement => <Doors title="常用功能" without={['日常', '我的']} />

function Doors({ title, without }: { title: string; without: readonly string[] }): ReactElement {
  const me = useMe()
  const groups = menuOf(me.data?.permissions ?? []).filter((group) => !without.includes(group.title))
  return (
    <Card title={title}>
      <div className="entries">
        {groups
          .flatMap((group) => group.items)
          .filter((item) => item.to !== path.desk)
          .map((item) => (
            <Link key={item.to} to={item.to as never} className="entry">
              <Icon name={item.icon} size={16} />
              {item.title}
            </Link>
          ))}
      </div>
    </Card>
  )
}

function Entries(): ReactElement {
  const registers = useRegisters()
  const [favourites] = useFavourites()
  if (registers.data && !registers.data.some((one) => one.may.write && !one.historyOnly)) return <OfficeWork />
  return (
    <Card title="常用登记" aside={<Link to={path.registers as never}>全部登记簿</Link>}>
      <Loaded query={registers}>
        {(all) => {
          const starred = favourites.map((id) => all.find((one) => one.id === id)).filter((one) => one !== undefined)
          const busiest = all
            .filter((one) => one.may.write && !one.historyOnly)
            .toSorted((a, b) => (b.countThisYear ?? 0) - (a.countThisYear ?? 0))
          const shown = (starred.length ? starred : busiest).slice(0, 8)
          return (
            <>
              <div className="entries">
                {shown.map((register) => (
                  <Link key={register.id} to={path.newRecord(register.id) as never} className="entry">
                    <Icon name="plus" size={16} />
                    {register.title}
                  </Link>
                ))}
              </div>
              {starred.length === 0 && (
                <p className="faint" style={{ marginTop: 10 }}>
                  在登记簿目录点星标，可把常用的固定在这里。
                </p>
              )}
            </>
          )
        }}
      </Loaded>
    </Card>
  )
}

/** This year's figures alone: last year's would take as long again and aren't shown here. */
const useFigures = (unitId: number, year: number) =>
  useQuery({
    queryKey: ['figures', unitId, year, 'alone'],
    queryFn: () => get<{ figures: FigureShape[] }>('/api/figures', { unitId, year, compare: 'no' }),
    select: (answer) => answer.figures,
    enabled: unitId > 0,
    staleTime: 60_000,
  })

function KeyFigures(): ReactElement {
  const { unitId, year } = useScope()
  const figures = useFigures(unitId, year)
  const all = withQuery(path.figures, { unit: unitId, year })
  return (
    <Card title={`${year} 年主要数字`} aside={<Link to={all as never}>全部数字</Link>} flush>
      <Loaded query={figures}>
        {(rows) => {
          // The best-founded figure of each domain: the one with most rows behind it. Rates would crowd out the rest,
          // since their denominators count all members; how many were due (应…) is no news, nor is «1 个» of a thousand rows.
          const best = new Map<string, FigureShape>()
          for (const row of rows)
            if (
              row.kind !== 'rate' &&
              row.kind !== 'each' &&
              !row.label.includes('应') &&
              row.value * 20 >= row.facts &&
              row.value !== 0 &&
              row.facts > (best.get(row.domain)?.facts ?? 0)
            )
              best.set(row.domain, row)
          const shown = [...best.values()].toSorted((a, b) => b.facts - a.facts).slice(0, 8)
          if (shown.length === 0)
            return (
              <Empty
                title={`${year} 年还没有可统计的记录`}
                actions={
                  <LinkButton type="primary" to={path.imports}>
                    导入台账
                  </LinkButton>
                }
              >
                导入已有台账，或从“常用登记”新增一条，数字会立即出现在这里。
              </Empty>
            )
          return (
            <div className="key-figures">
              {shown.map((row) => (
                <Link
                  key={row.metric}
                  to={path.figures as never}
                  search={{ unit: unitId, year, metric: row.metric } as never}
                  title={row.definition}
                >
                  <span className="faint">{row.label}</span>
                  <b>
                    {figureValueText(row)}
                    {row.unit !== '%' && <small>{row.unit}</small>}
                  </b>
                </Link>
              ))}
            </div>
          )
        }}
      </Loaded>
    </Card>
  )
}

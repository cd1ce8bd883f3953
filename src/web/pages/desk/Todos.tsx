import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get, post } from '../../api.ts'
import { useTodos, useUnread } from '../../session.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { StatusTag, timeText } from '../../ui/values.tsx'
import { TodoLine } from './TodoLine.tsx'

/** What waits, and what one was told. */
export function Todos(): ReactElement {
  const todos = useTodos()
  const unread = useUnread()
  return (
    <Page
      title="待办与消息"
      crumbs={[{ title: '工作台', to: '/' }]}
      help="办完那件事，待办会自己消去；没有“标为已办”。"
      narrow
    >
      <div className="card">
        <Tabs
          tabs={[
            {
              id: 'todos',
              title: `待办 ${todos.data?.total ?? ''}`,
              render: () => (
                <Loaded query={todos}>
                  {({ todos: rows }) =>
                    rows.length === 0 ? (
                      <Empty title="没有待办">现在没有等您处理的事。</Empty>
                    ) : (
                      rows.map((row) => <TodoLine key={row.id} row={row} />)
                    )
                  }
                </Loaded>
              ),
            },
            { id: 'notices', title: `消息 ${unread || ''}`, render: () => <Notices /> },
          ]}
        />
      </div>
    </Page>
  )
}

interface NoticeRow {
  id: number
  title: string
  body: string | null
  link: string | null
  at: string
  readAt: string | null
}

function Notices(): ReactElement {
  const queries = useQueryClient()
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: () => get<{ notices: NoticeRow[]; unread: number }>('/api/notices', { limit: 100 }),
  })
  const read = (ids: number[] | 'all'): void =>
    void post('/api/notices/read', { ids }).then(() => queries.invalidateQueries({ queryKey: ['notices'] }))
  return (
    <Loaded query={notices}>
      {({ notices: rows, unread }) =>
        rows.length === 0 ? (
          <Empty title="没有消息">任免、导入结果等通知会出现在这里。</Empty>
        ) : (
          <>
            {unread > 0 && (
              <div className="toolbar">
                <Button onClick={() => read('all')}>全部标为已读</Button>
              </div>
            )}
            {rows.map((row) => {
              const inside = (
                <>
                  <span className="grow">
                    {row.title}
                    {row.body && <span className="quiet after">{row.body}</span>}
                  </span>
                  {!row.readAt && <StatusTag text="未读" tone="info" />}
                  <span className="faint nowrap">{timeText(row.at)}</span>
                </>
              )
              const opened = (): void => {
                if (!row.readAt) read([row.id])
              }
              // A finished export is a file, not a page.
              if (row.link?.startsWith('/api/'))
                return (
                  <a key={row.id} href={row.link} className="todo" onClick={opened}>
                    {inside}
                  </a>
                )
              return row.link ? (
                <Link key={row.id} to={row.link as never} className="todo" onClick={opened}>
                  {inside}
                </Link>
              ) : (
                <div key={row.id} className="todo">
                  {inside}
                </div>
              )
            })}
          </>
        )
      }
    </Loaded>
  )
}

import type { ReactElement } from 'react'
import { useTodos } from '../../session.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { TodoLine } from './TodoLine.tsx'

export function Todos(): ReactElement {
  const todos = useTodos()
  return (
    <Page title="待办" crumbs={[{ title: '工作台', to: '/' }]} help="办完那件事，待办会自己消去；没有“标为已办”。" narrow>
      <div className="card">
        <Loaded query={todos}>
          {(rows) =>
            rows.length === 0 ? <Empty title="没有待办">现在没有等您处理的事。</Empty> : rows.map((row) => <TodoLine key={row.id} row={row} />)
          }
        </Loaded>
      </div>
    </Page>
  )
}

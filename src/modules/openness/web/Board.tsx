import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress } from '../../../web/session.ts'
import { Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { BoardItem } from './shapes.ts'

/** What hangs for this reader today: a list for a phone, readable in a corridor on a screen too. */
export function Board(): ReactElement {
  const [address, setAddress] = useAddress()
  const { q } = address
  const [text, setText] = useState(q ?? '')
  const board = useQuery({
    queryKey: ['openness', 'board', q],
    queryFn: () => get<{ items: BoardItem[] }>('/api/openness/board', { q }).then((answer) => answer.items),
  })
  return (
    <Page title="公开栏" help="本单位和上级工会正在公开的内容。点开可以看全文、提问、提异议。" narrow>
      <Input.Search
        aria-label="查找公开内容"
        placeholder="查找公开内容"
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => setAddress({ q: value.trim() })}
        style={{ marginBottom: 12 }}
      />
      <Loaded query={board}>
        {(items) =>
          items.length ? (
            <ul className="stack" style={{ gap: 10, listStyle: 'none', padding: 0 }}>
              {items.map((item) => (
                <li key={item.id} className="card">
                  <Link to={`/board/${item.id}` as never} style={{ display: 'block', padding: '12px 14px' }}>
                    <b>{item.title}</b>
                    <div className="row" style={{ marginTop: 4, gap: '4px 10px' }}>
                      {item.publicity && <StatusTag text={`公示到 ${item.untilOn}`} tone="warn" />}
                      <span className="quiet">{item.category}</span>
                      <span className="quiet">{item.unitName}</span>
                      <span className="quiet">{item.publishedOn}</span>
                    </div>
                  </Link>
                </li>
              ))}
            </ul>
          ) : (
            <div className="card">
              <Empty title={q ? '没有找到' : '现在没有公开内容'}>
                {q ? '换个词试试。' : '有新的公开内容会显示在这里。'}
              </Empty>
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}

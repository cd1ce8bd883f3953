import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { post, put } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Card, Facts } from '../../../web/ui/Page.tsx'
import { Empty } from '../../../web/ui/states.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import { AGREEMENTS } from '../words.ts'
import { Ask } from './Ask.tsx'
import type { Agreement, ItemRow, SessionDetail } from './shapes.ts'
import { StandingTag } from './tags.tsx'

/** What was resolved, from when it is in force, and how agreements go on after the vote. */
export function Resolutions({
  detail: { session, resolutions, items, agreements, may },
}: {
  detail: SessionDetail
}): ReactElement {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<ItemRow | Agreement | null>(null)
  const ready = items.filter(
    (item) =>
      item.state === 'done' &&
      item.outcome !== 'failed' &&
      (item.duty === 'pass' || session.form === 'joint') &&
      !resolutions.some((one) => one.itemId === item.id),
  )
  const close = (): void => {
    setAsking(null)
    for (const key of ['congress', 'todos']) void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <>
      {may.write && ready.length > 0 && (
        <div className="toolbar">
          {ready.map((item) => (
            <Button key={item.id} onClick={() => setAsking(item)}>
              形成决议：{item.title}
            </Button>
          ))}
        </div>
      )}
      {resolutions.length === 0 && (
        <Card>
          <Empty title="还没有决议">应由大会审议通过的事项，表决通过后才能形成决议，自写明的日期起施行。</Empty>
        </Card>
      )}
      {resolutions.map((one) => (
        <Card key={one.id} title={`第 ${one.number} 号　${one.title}`} aside={<StandingTag standing={one.standing} />}>
          <p style={{ whiteSpace: 'pre-wrap' }}>{one.words}</p>
          <p className="faint">
            {one.passedOn} 通过，自 {one.effectiveOn} 起施行
            {one.confirmedOn && `，${one.confirmedOn} 经大会确认`}
          </p>
        </Card>
      ))}
      {agreements.map((one) => (
        <Card
          key={one.itemId}
          title={`${AGREEMENTS[one.kind]}：${one.title}`}
          aside={
            <StatusTag
              text={one.standing}
              tone={/超期|异议/.test(one.standing) ? 'bad' : one.standing === '已生效' ? 'good' : 'info'}
            />
          }
        >
          <Facts
            items={[
              { label: '大会通过', value: one.passedOn },
              { label: '双方签字', value: one.signedOn },
              {
                label: '最迟报送',
                value: one.fileBy && (one.remindBy ? `${one.fileBy}（工资协议 ${one.remindBy} 前提醒）` : one.fileBy),
              },
              { label: '报送', value: one.filedOn },
              { label: '收讫', value: one.receivedOn && `${one.receivedOn}${one.receipt ? `（${one.receipt}）` : ''}` },
              { label: '生效', value: one.inForceOn },
              { label: '期满', value: one.expiresOn },
            ]}
          />
          <p className="faint">{one.steps.join('')}</p>
          {may.write && (
            <Button style={{ marginTop: 8 }} onClick={() => setAsking(one)}>
              登记签订与报送
            </Button>
          )}
        </Card>
      ))}
      {asking && 'duty' in asking && (
        <Ask
          title={`形成决议：${asking.title}`}
          okText="形成决议"
          initial={{ title: `关于${asking.title}的决议`, effectiveOn: today() }}
          questions={[
            { id: 'title', label: '决议名称', kind: 'text', required: true },
            { id: 'words', label: '决议内容', kind: 'long', required: true },
            { id: 'effectiveOn', label: '施行日期', kind: 'date', required: true, help: '不能早于通过之日' },
          ]}
          work={(values) => post(`/api/congress/items/${asking.id}/resolution`, values)}
          done="已形成决议"
          close={close}
        />
      )}
      {asking && !('duty' in asking) && (
        <Ask
          title="登记签订与报送"
          okText="保存"
          initial={{ ...asking }}
          questions={[
            { id: 'signedOn', label: '双方签字日期', kind: 'date' },
            { id: 'expiresOn', label: '期满日期', kind: 'date' },
            { id: 'filedOn', label: '报送日期', kind: 'date' },
            { id: 'receivedOn', label: '劳动行政部门收讫日期', kind: 'date' },
            { id: 'receipt', label: '回执编号', kind: 'text' },
            { id: 'objectedOn', label: '提出异议日期', kind: 'date' },
            { id: 'objection', label: '异议内容', kind: 'text' },
          ]}
          work={(values) => put(`/api/congress/agreements/${asking.itemId}`, values)}
          done="已登记"
          close={close}
        />
      )}
    </>
  )
}

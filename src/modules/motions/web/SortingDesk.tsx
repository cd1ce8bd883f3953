import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useScope } from '../../../web/session.ts'
import { Page } from '../../../web/ui/Page.tsx'
import { Pager } from '../../../web/ui/Pager.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { CHANNELS, KINDS, SOURCES } from '../words.ts'
import { DeedDialog, type Deed } from './deed-dialogs.tsx'
import { useRefresh } from './Deeds.tsx'
import { SimilarOnes } from './pieces.tsx'
import type { MotionRow, MotionShape } from './shapes.ts'

type Doing = Deed & { motion: MotionShape }

/** The motions group's table: everything that waits for a decision, each with its text and what is alike. */
export function SortingDesk(): ReactElement {
  const { unitId, unitName } = useScope()
  const [address] = useAddress()
  const [doing, setDoing] = useState<Doing | null>(null)
  const refresh = useRefresh()
  const page = useQuery({
    queryKey: ['motions', 'sorting', unitId, address['after'], address['limit']],
    queryFn: () =>
      get<{ rows: MotionRow[]; next: string | null; total: number }>('/api/motions', {
        unitId,
        tab: 'received',
        after: address['after'],
        limit: address['limit'] ?? 20,
      }),
  })
  return (
    <Page
      title="审查立案"
      crumbs={[{ title: '提案', to: '/motions' }]}
      help={`${unitName}收到、还没有决定的提案和意见。相近的先并案，再立案。`}
    >
      <Loaded query={page}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <div className="card">
              <Empty title="都审查完了">新收到的提案和意见会出现在这里，也会进入待办。</Empty>
            </div>
          ) : (
            <div className="stack" style={{ gap: 14 }}>
              {rows.map((row) => (
                <Received key={row.id} row={row} act={setDoing} />
              ))}
              <div className="card">
                <Pager name="sorting" total={total} next={next} shown={rows.length} />
              </div>
            </div>
          )
        }
      </Loaded>
      {doing && <DeedDialog motion={doing.motion} deed={doing} close={() => setDoing(null)} done={refresh} />}
    </Page>
  )
}

function Received({ row, act }: { row: MotionRow; act: (doing: Doing) => void }): ReactElement {
  const motion = useQuery({ queryKey: ['motion', row.id], queryFn: () => get<MotionShape>(`/api/motions/${row.id}`) })
  const whole = motion.data
  const button = (title: string, kind: Deed['kind'], primary = false): ReactElement => (
    <Button
      {...(primary && { type: 'primary' as const })}
      disabled={!whole}
      onClick={() => whole && act({ kind, motion: whole })}
    >
      {title}
    </Button>
  )
  const signed = row.moverName !== null
  return (
    <section className="card">
      <header>
        <h2>
          <Link to={`/motions/${row.id}` as never}>{row.title}</Link>
        </h2>
        <span className="faint">
          {KINDS[row.kind]} · {row.moverName ?? '未署名'} {row.delegation} · {row.receivedOn} {SOURCES[row.source]} ·{' '}
          {row.session ?? CHANNELS[row.channel]}
          {whole && row.kind !== 'opinion' && ` · 附议 ${whole.seconders.filter((one) => one.agreed).length} 名`}
        </span>
      </header>
      <div className="inside stack" style={{ gap: 10 }}>
        {whole && (
          <p className="motion-words">
            {whole.body}
            {whole.remedy && `\n建议：${whole.remedy}`}
          </p>
        )}
        <SimilarOnes title={row.title} unitId={row.unitId} notId={row.id} />
        <div className="row">
          {signed && button('立案', 'file', true)}
          {button('并案', 'merge', !signed)}
          {button('转作意见', 'opinion')}
          {signed && button('退回修改', 'return')}
          {button('不立案', 'reject')}
        </div>
      </div>
    </section>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put } from '../../../web/api.ts'
import { useScope } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import type { DueKind } from '../contract.ts'

interface Due {
  kinds: DueKind[]
  smallest: number
  maySet: boolean
}

/** What is past its term: how much, by which rule, what waits and why; one proposes, another confirms. */
export function CleanUp(): ReactElement {
  const { unitId, unitName } = useScope()
  const due = useQuery({
    queryKey: ['clean-up', unitId],
    queryFn: () => get<Due>('/api/privacy/due', { unitId }),
    enabled: unitId > 0,
  })
  return (
    <Page
      title="到期清理"
      help={`${unitName || '本单位'}及下级单位保存期已满的个人信息。一人提出，另一人核对后确认；清理不能恢复，统计数不变。`}
      narrow
    >
      <Loaded query={due}>
        {(found) => (
          <>
            {found.kinds.toSorted(waitingFirst).map((kind) => (
              <Kind key={kind.kind} kind={kind} unitId={unitId} />
            ))}
            <Smallest due={found} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** What waits for somebody stands on top. */
const waitingFirst = (one: DueKind, other: DueKind): number =>
  Number(Boolean(other.open)) - Number(Boolean(one.open)) || Number(other.due > 0) - Number(one.due > 0)

function Kind({ kind, unitId }: { kind: DueKind; unitId: number }): ReactElement {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'propose' | 'confirm' | 'drop' | null>(null)
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['clean-up'] })
  const { open, rule } = kind
  const work = async (): Promise<void> => {
    if (asking === 'propose') await post('/api/privacy/clean-ups', { unitId, kind: kind.kind })
    else await post(`/api/privacy/clean-ups/${open!.id}/decision`, { confirm: asking === 'confirm' })
    await again()
  }
  return (
    <Card
      title={kind.title}
      aside={<StatusTag text={kind.due ? `到期 ${kind.due} 件` : '没有到期'} tone={kind.due ? 'warn' : ''} />}
    >
      <div className="stack">
        <Facts
          items={[
            { label: '保存期限', value: `${kind.years} 年（${kind.beforeOn} 及以前办结的为到期）`, whole: true },
            {
              label: '依据',
              value: `《${rule.source}》${rule.article}：${rule.title}${rule.verification === 'memory' ? '（待核）' : ''}。${rule.note ?? ''}`,
              whole: true,
            },
            { label: '清理后', value: kind.becomes, whole: true },
            ...(kind.held.length
              ? [
                  {
                    label: '暂不清理',
                    value: kind.held.map((one) => `${one.reason} ${one.n} 件`).join('；'),
                    whole: true,
                  },
                ]
              : []),
          ]}
        />
        {open && (
          <Notice>
            {open.proposedName}于 {timeText(open.proposedAt)} 提出清理 {open.people} 件，
            {open.mine ? '等待另一位负责人核对确认。' : '请核对后确认。'}
          </Notice>
        )}
        {(open || kind.due > 0) && (
          <div className="row">
            {!open && kind.due > 0 && <Button onClick={() => setAsking('propose')}>提出清理</Button>}
            {open && !open.mine && (
              <Button type="primary" danger onClick={() => setAsking('confirm')}>
                确认清理
              </Button>
            )}
            {open && <Button onClick={() => setAsking('drop')}>撤销</Button>}
          </div>
        )}
        {kind.past.length > 0 && (
          <ul className="faint">
            {kind.past.map((act) => (
              <li key={act.id}>
                {act.decidedAt && timeText(act.decidedAt)} {act.proposedName}提出，{act.decidedName}
                {act.state === 'done' ? `确认，清理 ${act.forgotten} 件、附件 ${act.files} 份` : '撤销'}
              </li>
            ))}
          </ul>
        )}
      </div>
      {asking && (
        <Dialog
          title={{ propose: '提出清理', confirm: '确认清理', drop: '撤销清理' }[asking]}
          okText={{ propose: '提出', confirm: '确认清理', drop: '撤销' }[asking]}
          danger={asking === 'confirm'}
          work={work}
          done={{ propose: '已提出，等另一位负责人确认。', confirm: '已清理。', drop: '已撤销。' }[asking]}
          close={() => setAsking(null)}
        >
          {() => (
            <p>
              {asking === 'drop'
                ? '撤销后这些信息继续保存，以后可以重新提出。'
                : `${kind.title} ${asking === 'confirm' ? open!.people : kind.due} 件。${kind.becomes}清理后不能恢复；新近有申诉、审查或未付款的会自动保留。`}
            </p>
          )}
        </Dialog>
      )}
    </Card>
  )
}

/** From how many people on a delicate number is told to those who may not see the ledger. */
function Smallest({ due }: { due: Due }): ReactElement {
  const queries = useQueryClient()
  const [smallest, setSmallest] = useState<number | null>(due.smallest)
  const [asking, setAsking] = useState(false)
  return (
    <Card title="涉及隐私的小人数">
      <div className="stack">
        <p>
          困难、疾病、生育、理赔等人数、户数少于 {due.smallest} 的，在对外版报告里和给无权查看台账的人看时写“少于
          {due.smallest}”，能倒推出来的写“不单列”。
        </p>
        {due.maySet && (
          <div className="row">
            <label htmlFor="smallest">少于</label>
            <InputNumber id="smallest" min={3} max={50} precision={0} value={smallest} onChange={setSmallest} />
            <span>不单列</span>
            <Button disabled={smallest === null || smallest === due.smallest} onClick={() => setAsking(true)}>
              保存
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Dialog
          title="改变不单列的人数"
          okText="保存"
          work={async () => {
            await put('/api/privacy/smallest-group', { smallest })
            await queries.invalidateQueries({ queryKey: ['clean-up'] })
          }}
          done="已保存。"
          close={() => setAsking(false)}
        >
          {() => <p>以后生成的对外版报告和全系统的统计数字都按新的人数办理，已生成的报告不变。</p>}
        </Dialog>
      )}
    </Card>
  )
}

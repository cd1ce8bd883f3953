import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import type { Preview } from '../contract.ts'
import { VERDICTS, type Verdict } from '../words.ts'
import { summary } from './shapes.ts'

const all = Object.keys(VERDICTS) as Verdict[]

/**
 * How many qualify, for how much, of what is left, and the rows behind each number with their reasons.
 * @param from address of the preview; with `body` a rule that isn't kept yet is tried
 */
export function PreviewRows({ from, body }: { from: string; body?: object }): ReactElement {
  const [verdict, setVerdict] = useState<Verdict>('eligible')
  const [after, setAfter] = useState(0)
  const query = { verdict, after }
  const preview = useQuery({
    queryKey: ['aid-preview', from, JSON.stringify(body ?? null), verdict, after],
    queryFn: () =>
      body ? post<Preview>(`${from}?verdict=${verdict}&after=${after}`, body) : get<Preview>(from, query),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <Loaded query={preview}>
      {(found) => (
        <>
          <div style={{ padding: 16 }}>
            <Notice tone={found.needFen > found.left.leftFen ? 'bad' : 'good'}>
              {summary(found, found.left)}
              {found.needFen > found.left.leftFen && '。余额不够，审批时会被拦下。'}
            </Notice>
          </div>
          <div className="toolbar" role="group" aria-label="结果">
            {all.map((one) => (
              <Button
                key={one}
                type={verdict === one ? 'primary' : 'text'}
                aria-pressed={verdict === one}
                onClick={() => {
                  setVerdict(one)
                  setAfter(0)
                }}
              >
                {VERDICTS[one]} {found[one]}
              </Button>
            ))}
          </div>
          <DataTable
            caption="预览名单"
            rows={found.rows}
            rowKey={(row) => row.personId}
            columns={[
              { id: 'who', title: '职工', lead: true, render: (row) => row.personName },
              { id: 'unit', title: '单位', render: (row) => row.unitName },
              { id: 'category', title: '困难类别', render: (row) => row.category ?? '未建档' },
              { id: 'size', title: '家庭人口', number: true, render: (row) => row.familySize ?? '' },
              {
                id: 'amount',
                title: '金额（元）',
                number: true,
                render: (row) => (row.amountFen ? moneyText(row.amountFen) : ''),
              },
              {
                id: 'why',
                title: '原因',
                wrap: true,
                render: (row) => (row.reasons.length ? row.reasons.join('；') : '符合全部条件'),
              },
            ]}
            empty={<Empty small title={`没有“${VERDICTS[verdict]}”的人`} />}
          />
          {(found.next !== null || after > 0) && (
            <div className="pager">
              <Button disabled={!after} onClick={() => setAfter(0)}>
                回到开头
              </Button>
              <Button disabled={found.next === null} onClick={() => setAfter(found.next!)}>
                下一页
              </Button>
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { get, post, put } from '../../../../web/api.ts'
import { today, useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { Empty, Loaded, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { StatusTag } from '../../../../web/ui/values.tsx'
import { AskDialog } from '../AskDialog.tsx'
import type { Inventory } from '../../asset-contract.ts'

interface CountRow {
  id: number
  onDate: string
  counters: string
  closed: boolean
  assets: number
  differing: number
}

/** The yearly count: what the cards say beside what was found. */
export function Counts(): ReactElement {
  const { unitId } = useScope()
  const [address, setAddress] = useAddress()
  const may = useMay()('funds.post')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const counts = useQuery({
    queryKey: ['funds', 'counts', unitId],
    queryFn: () => get<{ counts: CountRow[] }>('/api/funds/counts', { unitId }).then((one) => one.counts),
    enabled: unitId > 0,
  })
  const start = may && (
    <Button type="primary" onClick={() => setAsking(true)}>
      开始盘点
    </Button>
  )
  if (address['count']) return <Sheet unitId={unitId} countId={Number(address['count'])} may={may} />
  return (
    <>
      {counts.data && counts.data.length > 0 && (
        <div className="toolbar">
          <span className="push" />
          {start}
        </div>
      )}
      <Loaded query={counts}>
        {(rows) => (
          <DataTable
            caption="盘点"
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { id: 'on', title: '盘点日期', lead: true, render: (row) => row.onDate },
              { id: 'counters', title: '盘点人', render: (row) => row.counters },
              { id: 'assets', title: '资产项数', number: true, render: (row) => row.assets },
              { id: 'differing', title: '不符项数', number: true, render: (row) => row.differing },
              {
                id: 'state',
                title: '状态',
                render: (row) => (
                  <StatusTag text={row.closed ? '已结束' : '盘点中'} tone={row.closed ? 'good' : 'warn'} />
                ),
              },
            ]}
            renderActions={(row) => (
              <button type="button" className="link" onClick={() => setAddress({ count: row.id })}>
                打开
              </button>
            )}
            empty={
              <Empty title="还没有盘点过" actions={start}>
                库存物品、固定资产每年至少盘点一次。
              </Empty>
            }
          />
        )}
      </Loaded>
      {asking && (
        <AskDialog
          title="开始盘点"
          okText="开始"
          fields={[
            field.date('onDate', '盘点日期', { required: true }),
            field.text('counters', '盘点人', { required: true }),
          ]}
          initial={{ onDate: today() }}
          close={() => setAsking(false)}
          send={(values) =>
            post<Inventory>('/api/funds/counts', { ...values, unitId }).then(async (made) => {
              await queries.invalidateQueries({ queryKey: ['funds', 'counts'] })
              setAddress({ count: made.id })
            })
          }
        />
      )}
    </>
  )
}

function Sheet({ unitId, countId, may }: { unitId: number; countId: number; may: boolean }): ReactElement {
  const [, setAddress] = useAddress()
  const queries = useQueryClient()
  const count = useQuery({
    queryKey: ['funds', 'counts', unitId, countId],
    queryFn: () => get<Inventory>(`/api/funds/counts/${countId}`, { unitId }),
  })
  const [found, setFound] = useState<Record<number, { found: string; remark: string }>>({})
  const [error, setError] = useState<unknown>(null)
  const save = async (all: Inventory, close: boolean): Promise<void> => {
    setError(null)
    const lines = all.lines.map((line) => {
      const typed = found[line.assetId]
      const number = typed ? typed.found : line.found === null ? '' : String(line.found)
      return {
        assetId: line.assetId,
        found: number === '' ? null : Number(number),
        remark: typed?.remark ?? line.remark,
      }
    })
    try {
      await put(`/api/funds/counts/${countId}`, { unitId, lines, close })
      toast(close ? '盘点已结束。' : '已保存。')
      await queries.invalidateQueries({ queryKey: ['funds', 'counts'] })
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Loaded query={count}>
      {(all) => (
        <>
          <div className="toolbar">
            <button type="button" className="link" onClick={() => setAddress({ count: null })}>
              ← 全部盘点
            </button>
            <b>{all.onDate} 盘点</b>
            <span className="faint">盘点人：{all.counters}</span>
            <span className="push" />
            {may && !all.closed && (
              <>
                <Button onClick={() => void save(all, false)}>保存</Button>
                <Button type="primary" onClick={() => void save(all, true)}>
                  结束盘点
                </Button>
              </>
            )}
          </div>
          {error !== null && <Problem error={error} />}
          <DataTable
            caption="盘点表"
            rows={all.lines}
            rowKey={(line) => line.assetId}
            columns={[
              { id: 'code', title: '编号', width: 130, render: (line) => line.code },
              { id: 'name', title: '名称', lead: true, render: (line) => line.name },
              {
                id: 'place',
                title: '地点 / 保管人',
                render: (line) => [line.place, line.keeper].filter(Boolean).join(' / '),
              },
              { id: 'expected', title: '账面数', number: true, width: 80, render: (line) => line.expected },
              {
                id: 'found',
                title: '实有数',
                number: true,
                width: 110,
                render: (line) =>
                  all.closed || !may ? (
                    <span className={line.found === line.expected ? '' : 'red-letter'}>{line.found ?? ''}</span>
                  ) : (
                    <input
                      className="control amount"
                      inputMode="numeric"
                      aria-label={`${line.name}实有数`}
                      value={found[line.assetId]?.found ?? line.found ?? ''}
                      onChange={(event) =>
                        setFound({
                          ...found,
                          [line.assetId]: {
                            found: event.target.value.replaceAll(/\D/g, ''),
                            remark: found[line.assetId]?.remark ?? line.remark,
                          },
                        })
                      }
                    />
                  ),
              },
              {
                id: 'remark',
                title: '说明',
                render: (line) =>
                  all.closed || !may ? (
                    line.remark
                  ) : (
                    <input
                      className="control"
                      aria-label={`${line.name}说明`}
                      value={found[line.assetId]?.remark ?? line.remark}
                      onChange={(event) =>
                        setFound({
                          ...found,
                          [line.assetId]: {
                            found: found[line.assetId]?.found ?? String(line.found ?? ''),
                            remark: event.target.value,
                          },
                        })
                      }
                    />
                  ),
              },
            ]}
            empty={<Empty small title="盘点日没有在用的资产" />}
          />
        </>
      )}
    </Loaded>
  )
}

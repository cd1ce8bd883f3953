import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { percentText, StatusTag } from '../../../web/ui/values.tsx'
import type { CoverageRow } from '../contract.ts'
import { SYSTEMS, type System } from '../words.ts'

/** Who owes a disclosure system and who has it: n of m by kind, and the check that files it. */
export function CoverageTab({ unitId }: { unitId: number }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [filing, setFiling] = useState<System | null>(null)
  const coverage = useQuery({
    queryKey: ['openness', 'coverage', unitId],
    queryFn: () => get<{ units: CoverageRow[] }>('/api/openness/coverage', { unitId }).then((answer) => answer.units),
  })
  return (
    <Loaded query={coverage}>
      {(rows) => (
        <>
          <div className="toolbar" style={{ flexWrap: 'wrap' }}>
            {SYSTEMS.filter((kind) => rows.some((row) => row.kind === kind)).map((kind) => {
              const due = rows.filter((row) => row.kind === kind)
              const done = due.filter((row) => row.done).length
              return (
                <span key={kind} className="row">
                  <span>
                    {kind} 应建 {due.length} 家，已建 {done} 家，建制率{' '}
                    <b>{percentText(Math.floor((done * 20_000 + due.length) / (2 * due.length)))}</b>
                  </span>
                  {may('openness.write') && (
                    <Button size="small" onClick={() => setFiling(kind)}>
                      登记核对
                    </Button>
                  )}
                </span>
              )
            })}
          </div>
          <DataTable
            caption="建制率"
            rows={rows}
            rowKey={(row) => `${row.unitId} ${row.kind}`}
            columns={[
              { id: 'name', title: '应建制单位', lead: true, render: (row) => row.name },
              { id: 'kind', title: '制度', render: (row) => row.kind },
              {
                id: 'about',
                title: '依据',
                wrap: true,
                render: (row) =>
                  row.kind !== '职代会'
                    ? `目录 ${row.duties} 条，近一年公开 ${row.published} 次`
                    : row.term === null
                      ? ''
                      : `第 ${row.term} 届，${row.dueOn} 届满${row.heldOn ? `，最近开会 ${row.heldOn}` : ''}`,
              },
              {
                id: 'done',
                title: '是否建立',
                width: 100,
                render: (row) => <StatusTag text={row.done ? '已建立' : '未建立'} tone={row.done ? 'good' : 'bad'} />,
              },
              { id: 'wanting', title: '差什么', wrap: true, render: (row) => row.wanting ?? '' },
            ]}
            empty={<Empty title="没有应建制的单位">单位类型写在组织概况里；有公开目录的单位也算应建制。</Empty>}
          />
          <p className="faint" style={{ padding: '8px 14px' }}>
            职代会：届期没有届满、一年内开过会的，算已经建立。公开制度：有公开目录、一年内按目录公开过内容的，算已经建立。
          </p>
          {filing && (
            <File
              unitId={unitId}
              kind={filing}
              close={() => {
                setFiling(null)
                void queries.invalidateQueries({ queryKey: ['openness'] })
              }}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

function File({ unitId, kind, close }: { unitId: number; kind: System; close: () => void }): ReactElement {
  const [target, setTarget] = useState('')
  return (
    <Dialog
      title={`登记${kind}建制情况核对`}
      okText="登记"
      done="已登记，进入全年数字。"
      close={close}
      work={() =>
        post('/api/openness/coverage', {
          unitId,
          kind,
          target: target.trim() ? (parseNumber('percent', target) ?? target) : null,
        })
      }
    >
      {(errors) => (
        <LabelledField id="c-target" label="计划目标（%）" help="没有目标的留空。" error={errors['target']}>
          <Input id="c-target" inputMode="decimal" value={target} onChange={(event) => setTarget(event.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}

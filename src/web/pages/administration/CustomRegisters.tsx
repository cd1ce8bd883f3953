import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { DOMAINS, type Field, type Register } from '../../../kernel/register/declaration.ts'
import { get, post } from '../../api.ts'
import { path } from '../../path.ts'
import { useMay, useRegisters } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/values.tsx'
import { AddField, AddRegister } from './custom-dialogs.tsx'
import { kindTitles } from './field-kinds.ts'

interface Custom {
  registers: { id: number; register: string; unitId: number; declared: Register; closedAt: string | null }[]
  fields: {
    id: number
    register: string
    unitId: number
    declared: { label?: string; kind?: Field['kind'] } & Partial<{ field: Field }>
    closedAt: string | null
  }[]
}
type Asking =
  | { kind: 'register' }
  | { kind: 'field' }
  | { kind: 'close'; what: 'registers' | 'fields'; id: number; title: string }

/** Registers and fields a unit adds for itself: they import, count and report like the others. */
export function CustomRegisters(): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const registers = useRegisters()
  const [asking, setAsking] = useState<Asking | null>(null)
  const custom = useQuery({ queryKey: ['custom'], queryFn: () => get<Custom>('/api/custom') })
  const close = (): void => {
    setAsking(null)
    for (const key of ['custom', 'registers']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const titleOf = (id: string): string => registers.data?.find((one) => one.id === id)?.title ?? id
  const design = may('registers.design')
  const state = (closedAt: string | null): ReactElement =>
    closedAt ? <StatusTag text="已停用" /> : <StatusTag text="使用中" tone="good" />
  return (
    <Page
      title="自设登记簿"
      help="本单位特有的事项可以自设一本登记簿，或给已有登记簿加字段。它们一样能导入、统计，并写进报告。"
      actions={
        design && (
          <>
            <Button onClick={() => setAsking({ kind: 'field' })}>加字段</Button>
            <Button type="primary" onClick={() => setAsking({ kind: 'register' })}>
              新设登记簿
            </Button>
          </>
        )
      }
      narrow
    >
      <Loaded query={custom}>
        {(all) => (
          <>
            <Card title="自设的登记簿" flush>
              <DataTable
                caption="自设的登记簿"
                rows={all.registers}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'title',
                    title: '名称',
                    lead: true,
                    render: (row) =>
                      row.closedAt ? (
                        row.declared.title
                      ) : (
                        <Link to={path.register(row.register) as never}>{row.declared.title}</Link>
                      ),
                  },
                  { id: 'domain', title: '归入', render: (row) => DOMAINS[row.declared.domain] },
                  {
                    id: 'fields',
                    title: '字段',
                    render: (row) => row.declared.fields.map((field) => field.label).join('、'),
                  },
                  { id: 'state', title: '状态', width: 90, render: (row) => state(row.closedAt) },
                ]}
                renderActions={(row) =>
                  design &&
                  !row.closedAt && (
                    <button
                      type="button"
                      className="link danger"
                      onClick={() =>
                        setAsking({ kind: 'close', what: 'registers', id: row.id, title: row.declared.title })
                      }
                    >
                      停用
                    </button>
                  )
                }
                empty={<Empty title="还没有自设登记簿">现有登记簿都不合适时再自设。</Empty>}
              />
            </Card>
            <Card title="加在已有登记簿上的字段" flush>
              <DataTable
                caption="自设字段"
                rows={all.fields}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'label',
                    title: '字段',
                    lead: true,
                    render: (row) => row.declared.label ?? row.declared.field?.label ?? '',
                  },
                  {
                    id: 'kind',
                    title: '类型',
                    render: (row) =>
                      kindTitles[(row.declared.kind ?? row.declared.field?.kind) as keyof typeof kindTitles] ?? '',
                  },
                  { id: 'register', title: '登记簿', render: (row) => titleOf(row.register) },
                  { id: 'state', title: '状态', width: 90, render: (row) => state(row.closedAt) },
                ]}
                renderActions={(row) =>
                  design &&
                  !row.closedAt && (
                    <button
                      type="button"
                      className="link danger"
                      onClick={() =>
                        setAsking({ kind: 'close', what: 'fields', id: row.id, title: row.declared.label ?? '' })
                      }
                    >
                      停用
                    </button>
                  )
                }
                empty={<Empty title="还没有自设字段" />}
              />
            </Card>
          </>
        )}
      </Loaded>
      {asking?.kind === 'register' && <AddRegister close={close} />}
      {asking?.kind === 'field' && <AddField close={close} />}
      {asking?.kind === 'close' && (
        <Dialog
          title={`停用“${asking.title}”`}
          okText="停用"
          danger
          done="已停用，已有的记录和数字保留。"
          close={close}
          work={() => post(`/api/custom/${asking.what}/${asking.id}/close`)}
        >
          {() => <p>停用后不能再新增，已登记的内容和以往报告里的数字不变。</p>}
        </Dialog>
      )}
    </Page>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { path, withQuery } from '../../path.ts'
import { useAddress, useRegisters, useScope } from '../../session.ts'
import type { RecordPage, RegisterShape } from '../../shapes.ts'
import { DataTable, useTableSettings } from '../../ui/DataTable.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Page } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { Empty, Loaded, Problem, Refused } from '../../ui/states.tsx'
import { TableTools } from '../../ui/TableTools.tsx'
import { UnitTree } from '../../ui/UnitTree.tsx'
import { columnsOf, withTotals } from './columns.tsx'
import { Filters } from './Filters.tsx'
import { filterNames, listQuery } from './list-query.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'

/** A register's records: units on the left, conditions above, the table, its total. */
export function RecordList(): ReactElement {
  const { register: id } = useParams({ strict: false }) as { register: string }
  const registers = useRegisters()
  return (
    <Loaded query={registers}>
      {(all) => {
        const register = all.find((one) => one.id === id)
        return register ? <List key={id} register={register} /> : <Refused />
      }}
    </Loaded>
  )
}

function List({ register }: { register: RegisterShape }): ReactElement {
  const [address, setAddress] = useAddress()
  const scope = useScope()
  const settings = useTableSettings(register.id)
  const query = listQuery(register, address, scope)
  const filtered = filterNames(register).some((name) => address[name])
  const page = useQuery({
    queryKey: ['records', register.id, query, address['after'], address['limit']],
    queryFn: () =>
      get<RecordPage>(`/api/registers/${register.id}/records`, {
        ...query,
        cursor: address['after'],
        limit: address['limit'] ?? 20,
      }),
    enabled: scope.unitId > 0,
    placeholderData: keepPreviousData,
  })
  const columns = columnsOf(register)
  const rows = page.data?.rows
  const shown = withTotals(
    columns.filter((column) => settings.shown(column)),
    register,
    page.data?.totals ?? {},
  )
  const create = path.newRecord(register.id)
  const imports = withQuery(path.imports, { registers: register.id })
  return (
    <Page title={register.title} crumbs={[{ title: '登记簿', to: path.registers }]} help={register.help}>
      <div className="list-layout">
        <aside className="card unit-side" aria-label="单位">
          <UnitTree chosen={scope.unitId} onChoose={(unit) => scope.choose({ unit })} />
          <label className="row" style={{ padding: '10px 4px 2px' }}>
            <input
              type="checkbox"
              checked={address['below'] !== '0'}
              onChange={(event) => setAddress({ below: event.target.checked ? null : 0, after: null, page: null })}
            />
            包含下级单位
          </label>
        </aside>
        <div className="stack" style={{ gap: 14 }}>
          <Filters register={register} />
          <section className="card">
            <div className="toolbar">
              {register.may.write && !register.historyOnly && (
                <LinkButton to={create} type="primary">
                  新增
                </LinkButton>
              )}
              {register.may.import && <LinkButton to={imports}>批量导入</LinkButton>}
              {register.may.export && <ExportButton address={`/api/registers/${register.id}`} query={query} />}
              <Button
                href={withQuery(path.printRegister(register.id), { ...query, unit: scope.unitId, year: scope.year })}
                target="_blank"
              >
                打印
              </Button>
              <span className="push" />
              <button
                type="button"
                className="icon-button"
                aria-label="刷新"
                title="刷新"
                onClick={() => void page.refetch()}
              >
                <Icon name="refresh" />
              </button>
              <TableTools columns={columns} settings={settings} />
            </div>
            {page.error && !page.data ? (
              <Problem error={page.error} retry={() => void page.refetch()} />
            ) : (
              <DataTable
                caption={`${register.title}列表`}
                columns={shown}
                rows={rows}
                rowKey={(row) => row.id}
                rowClass={(row) => (row.state === 'void' ? 'void' : undefined)}
                density={settings.density}
                renderActions={(row) => (
                  <>
                    <Link to={path.record(row.id) as never}>查看</Link>
                    {register.may.write && row.state !== 'void' && (
                      <Link to={path.editRecord(row.id) as never}>修改</Link>
                    )}
                  </>
                )}
                empty={
                  filtered ? (
                    <Empty title="没有符合条件的记录">可放宽条件，或点“重置”查看 {scope.year} 年全部记录。</Empty>
                  ) : (
                    <Empty
                      title={`${scope.year} 年还没有登记`}
                      actions={
                        register.may.write && (
                          <>
                            {!register.historyOnly && (
                              <LinkButton to={create} type="primary">
                                新增第一条
                              </LinkButton>
                            )}
                            <LinkButton to={imports}>从 Excel 台账导入</LinkButton>
                          </>
                        )
                      }
                    >
                      {register.help}
                    </Empty>
                  )
                }
              />
            )}
            {page.data && page.data.total > 0 && (
              <Pager
                name={`${register.id}?${JSON.stringify(query)}`}
                total={page.data.total}
                next={page.data.next}
                shown={page.data.rows.length}
              />
            )}
          </section>
          {rows && rows.length > 0 && shown.some((column) => column.total !== undefined) && (
            <p className="faint">合计为当前条件下全部已登记的记录，不只本页。</p>
          )}
        </div>
      </div>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { useAddress, useScope } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../ui/states.tsx'

interface Matrix {
  permissions: { name: string; title: string }[]
  roles: { id: string; title: string; gives: string[] }[]
}
interface Holder {
  officeId: number
  accountId: number
  name: string
  title: string
  roleTitle: string
  unitName: string
  because: string
  delegatedBy: string | null
}

/** «Who can see this, and why»: from the same roles and the same tree as the check itself. */
export function Access(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId, unitName } = useScope()
  const matrix = useQuery({
    queryKey: ['access-matrix'],
    queryFn: () => get<Matrix>('/api/access/matrix'),
    staleTime: Infinity,
  })
  const permission = address['permission'] ?? null
  const holders = useQuery({
    queryKey: ['access-who', unitId, permission],
    queryFn: () =>
      get<{ title: string; holders: Holder[]; ownToo: boolean }>('/api/access/who', { unitId, permission }),
    enabled: Boolean(permission) && unitId > 0,
  })
  return (
    <Page
      title="谁能看到"
      help="选一项权限，看谁能在当前单位使用它、为什么。单位在页面顶部切换。"
      actions={
        <Button href="/api/access/matrix?format=html" target="_blank">
          打印权限对照表
        </Button>
      }
      narrow
    >
      <Loaded query={matrix}>
        {(all) => (
          <>
            <div className="card filters open">
              <label style={{ flexBasis: 320, maxWidth: 420 }}>
                权限
                <Select
                  aria-label="权限"
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="例如 查看走访慰问"
                  value={permission}
                  options={all.permissions.map((one) => ({ value: one.name, label: one.title }))}
                  onChange={(value: string) => setAddress({ permission: value })}
                />
              </label>
              <span className="faint">单位：{unitName}</span>
            </div>
            {permission ? (
              <Loaded query={holders}>
                {(answer) => (
                  <>
                    {answer.ownToo && <Notice>会员本人始终可以看到自己的这类记录。</Notice>}
                    <section className="card">
                      <DataTable
                        caption={`谁有“${answer.title}”的权限`}
                        rows={answer.holders}
                        rowKey={(row) => `${row.officeId}-${row.accountId}`}
                        columns={[
                          { id: 'name', title: '姓名', lead: true, width: 100, render: (row) => row.name },
                          { id: 'office', title: '职务', render: (row) => `${row.unitName}·${row.title}` },
                          { id: 'why', title: '为什么', wrap: true, render: (row) => row.because },
                        ]}
                        empty={<Empty title="没有人">当前单位和上级都没有人担任含“{answer.title}”的职务。</Empty>}
                      />
                    </section>
                  </>
                )}
              </Loaded>
            ) : (
              <Card title="各职务有哪些权限" flush>
                <DataTable
                  caption="职务与权限"
                  rows={all.roles}
                  rowKey={(row) => row.id}
                  columns={[
                    { id: 'title', title: '职务', lead: true, width: 160, render: (row) => row.title },
                    { id: 'count', title: '权限数', number: true, width: 80, render: (row) => row.gives.length },
                    {
                      id: 'gives',
                      title: '包括',
                      wrap: true,
                      render: (row) => (
                        <dl className="by-verb">
                          {byVerb(
                            row.gives.map((name) => all.permissions.find((one) => one.name === name)?.title ?? name),
                          ).map(([verb, things]) => (
                            <div key={verb}>
                              <dt>{verb}</dt>
                              <dd>{things.join('、')}</dd>
                            </div>
                          ))}
                        </dl>
                      ),
                    },
                  ]}
                  empty={<Empty title="没有职务" />}
                />
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** «查看会员» and «查看组织» under 查看: a wall of two hundred titles can't be read. A verb used once stays with its title. */
function byVerb(titles: readonly string[]): [string, string[]][] {
  const verbs = new Map<string, string[]>()
  for (const title of titles) verbs.set(title.slice(0, 2), [...(verbs.get(title.slice(0, 2)) ?? []), title])
  const shared = [...verbs].filter(([, all]) => all.length > 1)
  const single = [...verbs].filter(([, all]) => all.length === 1).map(([, [title]]) => title!)
  const rest: [string, string[]][] = single.length ? [['其他', single]] : []
  return [...shared.map(([verb, all]): [string, string[]] => [verb, all.map((title) => title.slice(2))]), ...rest]
}

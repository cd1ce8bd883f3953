import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Problem } from '../../../web/ui/states.tsx'
import { MoneyText } from '../../../web/ui/values.tsx'
import type { OwnDrive } from '../contract.ts'

/** One's own gifts, and for each drive whether one wants to be named in its thanks. */
export function MyGifts(): ReactElement {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const drives = useQuery({
    queryKey: ['my-drives'],
    queryFn: () => get<{ drives: OwnDrive[] }>('/api/charity/my-drives').then((answer) => answer.drives),
  })
  const say = async (id: number, named: boolean): Promise<void> => {
    setError(null)
    try {
      await post(`/api/charity/drives/${id}/named`, { named })
    } catch (refusal) {
      setError(refusal)
    }
    await queries.invalidateQueries({ queryKey: ['my-drives'] })
  }
  return (
    <Page title="我的捐款" help="捐多少、捐不捐都由自己决定。没有您的同意，致谢时不写您的姓名。" narrow>
      {error !== null && <Problem error={error} />}
      <Loaded query={drives}>
        {(rows) =>
          rows.length === 0 ? (
            <section className="card">
              <Empty title="现在没有募捐">工会发起募捐后，会出现在这里。</Empty>
            </section>
          ) : (
            <>
              {rows.map((row) => (
                <Card key={row.id} title={row.title}>
                  <Facts
                    items={[
                      { label: '用途', value: row.purpose },
                      { label: '截止日期', value: row.untilOn },
                      { label: '我的捐款', value: row.amountFen ? <MoneyText fen={row.amountFen} /> : '还没有捐款' },
                    ]}
                  />
                  <label className="row" style={{ marginTop: 12 }}>
                    <Switch checked={row.named === true} onChange={(named) => void say(row.id, named)} />
                    致谢时公布我的姓名
                  </label>
                </Card>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'

interface OwnRound {
  roundId: number
  title: string
  gift: string
  place: string
  startOn: string
  untilOn: string
  no: number
  code: string | null
  qr: string | null
  state: 'waiting' | 'taken'
  takenOn: string | null
  signedBy: string | null
}

/** What waits for the member at the desk, with the number and the code it scans. */
export function Mine(): ReactElement {
  const rounds = useQuery({
    queryKey: ['care-mine'],
    queryFn: () => get<{ rounds: OwnRound[] }>('/api/care/my-rounds').then((answer) => answer.rounds),
  })
  return (
    <Page title="我的慰问品" help="到领取地点出示二维码，或报领取号。" narrow>
      <Loaded query={rounds}>
        {(rows) =>
          rows.length === 0 ? (
            <section className="card">
              <Empty title="现在没有可领的慰问品">工会发放节日、生日慰问品时，领取号会出现在这里。</Empty>
            </section>
          ) : (
            <>
              {rows.map((row) => (
                <Card key={row.roundId} title={row.title}>
                  {row.qr && (
                    <div className="stack" style={{ alignItems: 'center', gap: 8 }}>
                      <img src={row.qr} alt={`领取码 ${row.code}`} width={200} height={200} />
                      <b style={{ fontSize: 22 }}>领取号 {row.no}</b>
                    </div>
                  )}
                  <Facts
                    items={[
                      { label: '慰问品', value: row.gift },
                      ...(row.state === 'waiting'
                        ? [
                            { label: '地点', value: row.place },
                            { label: '日期', value: `${row.startOn} 至 ${row.untilOn}` },
                          ]
                        : [{ label: '签收', value: `${row.takenOn}，${row.signedBy}` }]),
                    ]}
                  />
                </Card>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import type { OwnCheckUp } from '../contract.ts'

/** One's own check-ups: choose a slot, move it, give it up. */
export function MyCheckUps(): ReactElement {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const own = useQuery({
    queryKey: ['my-check-ups'],
    queryFn: () => get<{ checkUps: OwnCheckUp[] }>('/api/welfare/my-check-ups').then((answer) => answer.checkUps),
  })
  const book = async (id: number, slotId: number | null): Promise<void> => {
    setError(null)
    try {
      await post(`/api/welfare/check-ups/${id}/bookings`, { slotId })
    } catch (refusal) {
      setError(refusal)
    }
    await queries.invalidateQueries({ queryKey: ['my-check-ups'] })
  }
  return (
    <Page title="我的体检" help="选一个方便的时段；人人都有名额，去之前可以改。" narrow>
      {error !== null && <Problem error={error} />}
      <Loaded query={own}>
        {(rows) =>
          rows.length === 0 ? (
            <section className="card">
              <Empty title="现在没有要做的体检">工会安排体检后，可以在这里选时段。</Empty>
            </section>
          ) : (
            <>
              {rows.map((row) => (
                <Card key={row.id} title={row.title}>
                  <Facts
                    items={[
                      { label: '体检机构', value: row.hospital },
                      { label: '日期', value: `${row.startOn} 至 ${row.untilOn}` },
                      ...(row.note ? [{ label: '注意事项', value: row.note }] : []),
                      {
                        label: '我的时段',
                        value: row.attendedOn ? `已于 ${row.attendedOn} 体检` : (row.slot ?? '还没有预约'),
                      },
                    ]}
                  />
                  {row.followUp && <Notice tone="warn">体检机构提示您复查，请按报告上的建议就诊。</Notice>}
                  {row.slots.length > 0 && (
                    <div className="stack" role="group" aria-label="可选时段" style={{ gap: 8, marginTop: 12 }}>
                      {row.slots.map((slot) => {
                        const mine = slot.id === row.slotId
                        const left = slot.places - slot.taken
                        return (
                          <Button
                            key={slot.id}
                            block
                            size="large"
                            type={mine ? 'primary' : 'default'}
                            disabled={!mine && (left === 0 || slot.onDay < today())}
                            aria-pressed={mine}
                            onClick={() => void book(row.id, mine ? null : slot.id)}
                          >
                            {slot.onDay} {slot.part}
                            {mine ? '（已预约，点一下取消）' : left === 0 ? '（已约满）' : `（还有 ${left} 个名额）`}
                          </Button>
                        )
                      })}
                    </div>
                  )}
                </Card>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

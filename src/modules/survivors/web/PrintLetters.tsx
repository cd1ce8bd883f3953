import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { chineseDay } from '../../../kernel/calendar/days.ts'
import { get } from '../../../web/api.ts'
import { SheetPage } from '../../../web/pages/print/SheetPage.tsx'
import { today, useAddress } from '../../../web/session.ts'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import type { Round } from '../contract.ts'

/** A letter for everybody out of town who hasn't answered: a page each, to be signed, sealed and posted. */
export function PrintLetters(): ReactElement {
  const [address] = useAddress()
  const unitId = address['unit']
  const year = address['year']
  const round = useQuery({
    queryKey: ['survivors-round', unitId, year],
    queryFn: () => get<{ round: Round | null }>('/api/survivors/rounds', { unitId, year }),
  })
  return (
    <Loaded query={round}>
      {({ round: found }) => {
        const rows = found?.rows.filter((row) => row.place === '外地' && row.returnedOn === null) ?? []
        return (
          <SheetPage title={`${year} 年遗属供养复核函`}>
            {rows.length === 0 && <Empty title="没有要发的函">外地遗属都已经答复。</Empty>}
            {rows.map((row, at) => (
              <section key={row.id} style={at ? { breakBefore: 'page' } : undefined}>
                <h1>遗属供养年度复核函</h1>
                <p>{row.name}：</p>
                <p style={{ textIndent: '2em' }}>
                  您好。您是我单位已故职工{row.deceasedName}的{row.relation}，现享受遗属供养。按照每年复核的规定，请于
                  {chineseDay(row.dueOn)}
                  前完成 {row.year}{' '}
                  年度认证：可以到居住地社区（村）或公安机关开具证明寄回，也可以与我们约定视频认证。家庭情况有变化的（就业、再婚、固定收入等），请一并说明。
                </p>
                <p style={{ textIndent: '2em' }}>
                  到期没有收到答复的，将暂停发放；补上认证后恢复，停发的月份一并补发。有困难请与我们联系，我们协助办理。
                </p>
                <p style={{ textAlign: 'right', marginTop: 48 }}>{row.unitName}（盖章）</p>
                <p style={{ textAlign: 'right' }}>{chineseDay(row.noticedOn ?? today())}</p>
              </section>
            ))}
          </SheetPage>
        )
      }}
    </Loaded>
  )
}

import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { GENDERS, MEMBERSHIP_STATES } from '../../../modules/members/words.ts'
import { get } from '../../api.ts'
import { today, useAddress, useScope } from '../../session.ts'
import { Loaded, Notice } from '../../ui/states.tsx'
import { numberText } from '../../ui/values.tsx'
import type { MemberPage, MemberRow } from '../members/shapes.ts'
import { SheetPage, SignPlaces } from './SheetPage.tsx'

const most = 2000

/** 花名册 on A4 across, as filtered. */
export function Roster(): ReactElement {
  const [address] = useAddress()
  const { unitId } = useScope()
  const unit = useQuery({ queryKey: ['unit-name', unitId], queryFn: () => get<{ name: string }>(`/api/units/${unitId}`) })
  const { unit: _unit, year: _year, ...filter } = address
  const all = useQuery({
    queryKey: ['roster', unitId, filter],
    queryFn: async () => {
      const rows: MemberRow[] = []
      let cursor: string | null = null
      let total: number
      do {
        const page: MemberPage = await get<MemberPage>('/api/members', { ...filter, unitId, limit: 200, cursor })
        rows.push(...page.members)
        cursor = page.next
        total = page.total
      } while (cursor && rows.length < most)
      return { rows, total }
    },
  })
  return (
    <Loaded query={all}>
      {({ rows, total }) => (
        <SheetPage title="会员花名册" wide>
          {total > rows.length && (
            <div className="no-print">
              <Notice tone="warn">共 {numberText(total)} 人，只打印前 {numberText(rows.length)} 人。请选下级单位分别打印，或用“导出”。</Notice>
            </div>
          )}
          <h1>会员花名册</h1>
          <div className="meta">
            <span>单位：{unit.data?.name}</span>
            <span>共 {numberText(total)} 人</span>
            <span>{today()}</span>
          </div>
          <table className="paper-table">
            <thead>
              <tr>
                {['序号', '姓名', '性别', '出生日期', '工号', '单位', '会籍', '入会日期', '身份标签'].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={row.id}>
                  <td>{index + 1}</td>
                  <td className="nowrap">{row.name}</td>
                  <td>{row.gender && GENDERS[row.gender]}</td>
                  <td className="nowrap">{row.bornOn}</td>
                  <td>{row.staffNo}</td>
                  <td>{row.unitName}</td>
                  <td>{MEMBERSHIP_STATES[row.state]}</td>
                  <td className="nowrap">{row.joinedOn ?? '不详'}</td>
                  <td>{row.tags.join('、')}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <SignPlaces places={['制表人', '审核人']} />
        </SheetPage>
      )}
    </Loaded>
  )
}

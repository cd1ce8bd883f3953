import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Poster } from '../../../web/ui/Poster.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import type { Item } from './shapes.ts'

interface Sheet {
  item: Item
  qr: string
  address: string
}

/** The sheet for the wall, with a QR that leads members to the item. */
export function ItemSheet(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const sheet = useQuery({
    queryKey: ['openness', 'sheet', Number(id)],
    queryFn: () => get<Sheet>(`/api/openness/items/${id}/sheet`),
  })
  return (
    <Loaded query={sheet}>
      {({ item, qr, address }) => (
        <Poster
          title="公开事项"
          qr={qr}
          address={address}
          invitation={
            <>
              <b>{item.publicity ? '有异议的请在公示期内提出' : '有疑问请扫码询问'}</b>
              <div>可以实名，也可以不记名。答复会公布在同一页面上。</div>
            </>
          }
        >
          <h1>{item.kind}</h1>
          <div className="meta">
            <span>{item.unitName}</span>
            <span>
              公开期间：{item.fromOn} 至 {item.untilOn}
            </span>
          </div>
          <table className="paper-table">
            <tbody>
              <tr>
                <th scope="row" style={{ width: '16%' }}>
                  公开内容
                </th>
                <td>{item.title}</td>
              </tr>
              <tr>
                <th scope="row">类别</th>
                <td>{item.category}</td>
              </tr>
              <tr>
                <td colSpan={2} style={{ whiteSpace: 'pre-line', minHeight: '90mm', fontSize: '13pt' }}>
                  {item.body}
                </td>
              </tr>
            </tbody>
          </table>
          <div className="sign-places">
            <span>承办部门：</span>
            <span>公开工作小组：</span>
          </div>
        </Poster>
      )}
    </Loaded>
  )
}

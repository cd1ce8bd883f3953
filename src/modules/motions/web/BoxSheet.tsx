import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Poster } from '../../../web/ui/Poster.tsx'
import { Loaded } from '../../../web/ui/states.tsx'

interface Sheet {
  unitName: string
  place: string
  qr: string
  address: string
}

/** The sheet beside a box: a QR that opens its slip, and what is kept of whoever writes. */
export function BoxSheet(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const sheet = useQuery({
    queryKey: ['motions', 'box-sheet', Number(id)],
    queryFn: () => get<Sheet>(`/api/motion-boxes/${id}/sheet`),
  })
  return (
    <Loaded query={sheet}>
      {({ unitName, place, qr, address }) => (
        <Poster
          title="意见箱"
          qr={qr}
          address={address}
          invitation={
            <>
              <b>扫码写意见，不用登录，不用署名</b>
              <div>想要答复的，请登录后提交。</div>
            </>
          }
        >
          <h1>职工意见箱</h1>
          <div className="meta">
            <span>{unitName}</span>
            <span>{place}</span>
          </div>
          <p style={{ fontSize: '15pt', lineHeight: 1.8, minHeight: '70mm' }}>
            对生产经营、劳动条件、生活福利有什么意见和建议，请随时写下来。提案小组整理研究，能马上办的马上办，需要立案的并入相关提案，办理情况公布。
            <br />
            系统只保存您写的字和投递时间，不记录您是谁、用什么手机。请不要写身份证号、电话。
          </p>
        </Poster>
      )}
    </Loaded>
  )
}

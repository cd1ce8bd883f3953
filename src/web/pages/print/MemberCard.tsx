import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { GENDERS } from '../../../modules/members/words.ts'
import { get } from '../../api.ts'
import { Loaded } from '../../ui/states.tsx'
import type { PersonDetail } from '../members/shapes.ts'
import { SheetPage } from './SheetPage.tsx'

/** A member's card at the size of a bank card; the code holds the member's number only, nothing personal. */
export function MemberCard(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useQuery({ queryKey: ['member', Number(id)], queryFn: () => get<PersonDetail>(`/api/members/${id}`) })
  return (
    <Loaded query={person}>
      {(detail) => {
        const open = detail.memberships.find((one) => !one.leftOn)
        return (
          <SheetPage title={`${detail.name}的会员证`}>
            <div className="member-card">
              <header>
                <img src="/seal.svg" alt="" />
                <b>工会会员证</b>
              </header>
              <div className="body">
                <dl>
                  <div>
                    <dt>姓名</dt>
                    <dd>{detail.name}</dd>
                  </div>
                  <div>
                    <dt>性别</dt>
                    <dd>{detail.gender ? GENDERS[detail.gender] : ''}</dd>
                  </div>
                  <div>
                    <dt>单位</dt>
                    <dd>{detail.path.at(-1)?.name}</dd>
                  </div>
                  <div>
                    <dt>入会</dt>
                    <dd>{open?.joinedOn ?? '日期不详'}</dd>
                  </div>
                  <div>
                    <dt>编号</dt>
                    <dd>{String(detail.id).padStart(8, '0')}</dd>
                  </div>
                </dl>
                <img src={`/api/members/${detail.id}/code.svg`} alt="会员二维码" width="88" height="88" />
              </div>
            </div>
          </SheetPage>
        )
      }}
    </Loaded>
  )
}

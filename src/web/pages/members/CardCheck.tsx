import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../api.ts'
import { Facts, Page } from '../../ui/Page.tsx'
import { Loaded, Notice } from '../../ui/states.tsx'

/** What scanning a member's card opens: genuine or not, and whether membership still holds. */
export function CardCheck(): ReactElement {
  const { id, check } = useParams({ strict: false }) as { id: string; check: string }
  const card = useQuery({
    queryKey: ['card', id, check],
    queryFn: () =>
      get<{ valid: boolean; name: string; unitName: string; state: string }>(`/api/members/card/${id}/${check}`),
    retry: false,
  })
  return (
    <Page title="核验会员卡" narrow>
      <Loaded query={card}>
        {(shown) => (
          <>
            <Notice tone={shown.valid ? 'good' : 'bad'}>
              {shown.valid ? '会员卡有效。' : '持卡人现在没有会籍，会员卡无效。'}
            </Notice>
            <div className="card" style={{ padding: '8px 16px' }}>
              <Facts
                items={[
                  { label: '姓名', value: shown.name },
                  { label: '单位', value: shown.unitName },
                  { label: '会籍', value: shown.state },
                ]}
              />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

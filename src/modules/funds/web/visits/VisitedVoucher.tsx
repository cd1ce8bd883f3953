import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { Attachments } from '../../../../web/ui/Attachments.tsx'
import { Card, Facts, Page } from '../../../../web/ui/Page.tsx'
import { Loaded } from '../../../../web/ui/states.tsx'
import { PostedLines } from '../journal/PostedLines.tsx'
import type { Voucher } from '../../voucher-contract.ts'
import { fundsPath, numberText } from '../paths.ts'
import '../funds.css'

/** One audited voucher with its originals, for a visitor. */
export function VisitedVoucher(): ReactElement {
  const { id, voucherId } = useParams({ strict: false }) as { id: string; voucherId: string }
  const voucher = useQuery({
    queryKey: ['funds', 'visit', id, 'voucher', voucherId],
    queryFn: () => get<Voucher>(`/api/funds/visits/${id}/vouchers/${voucherId}`),
  })
  return (
    <Loaded query={voucher}>
      {(found) => {
        const request = /^funds\/spending\/(\d+)/.exec(found.source ?? '')?.[1]
        return (
          <Page
            title={numberText(found.month, found.no)}
            crumbs={[
              { title: '查账', to: fundsPath.visits },
              { title: found.unitName, to: fundsPath.visit(Number(id)) },
            ]}
          >
            <Card title={found.summary}>
              <Facts
                items={[
                  { label: '日期', value: found.onDate },
                  { label: '附件', value: `${found.attachments} 张` },
                  { label: '制单', value: found.preparedName },
                  { label: '审核', value: found.reviewedName },
                  { label: '记账', value: found.postedName },
                  ...(found.approvedName ? [{ label: '审批', value: found.approvedName }] : []),
                  ...(found.cashierName ? [{ label: '出纳', value: found.cashierName }] : []),
                  ...(found.invoices.length
                    ? [{ label: '发票', value: found.invoices.map((one) => one.number).join('、'), whole: true }]
                    : []),
                ]}
              />
            </Card>
            <PostedLines voucher={found} />
            <Card title="原始凭证" flush>
              <Attachments objectKind="voucher" objectId={found.id} mayChange={false} />
              {request && <Attachments objectKind="funds-request" objectId={Number(request)} mayChange={false} />}
            </Card>
          </Page>
        )
      }}
    </Loaded>
  )
}

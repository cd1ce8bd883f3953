import type { ReactElement } from 'react'
import { Page } from '../../../../web/ui/Page.tsx'
import { Tabs } from '../../../../web/ui/Tabs.tsx'
import { Allocation } from './Allocation.tsx'
import { Dues } from './Dues.tsx'
import { Receipts } from './Receipts.tsx'
import '../processes.css'

/** Money that comes in: dues, the employer's two per cent, everything else; each with its receipt and voucher. */
export function Income(): ReactElement {
  return (
    <Page title="经费收入" help="收到一笔登记一笔，收据和记账凭证自动生成。">
      <section className="card">
        <Tabs
          tabs={[
            { id: 'dues', title: '会费', render: () => <Dues /> },
            { id: 'allocation', title: '拨缴经费', render: () => <Allocation /> },
            { id: 'receipts', title: '收据', render: () => <Receipts /> },
          ]}
        />
      </section>
    </Page>
  )
}

import type { ReactElement } from 'react'
import { useScope } from '../../../web/session.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { Clubs } from './Clubs.tsx'
import { Events } from './Events.tsx'
import { Retirements } from './Retirements.tsx'

/** Who retires next, the groups of those who have, and what is held for them. */
export function Retirees(): ReactElement {
  const { unitId } = useScope()
  return (
    <Page
      title="退休职工"
      help="登记退休日期 → 到日会籍转为保留、出现欢送待办 → 编入小组 → 活动、走访、福利按名单登记。"
      actions={<LinkButton to="/mutual-aid/plans">退休职工保险</LinkButton>}
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'days', title: '退休和欢送', render: () => <Retirements unitId={unitId} /> },
            { id: 'groups', title: '退休小组', render: () => <Clubs unitId={unitId} /> },
            { id: 'events', title: '活动、走访、福利', render: () => <Events unitId={unitId} /> },
          ]}
        />
      </section>
    </Page>
  )
}
